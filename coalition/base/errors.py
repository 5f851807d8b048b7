"""What the house says when it will not do something."""


class Refusal(Exception):
    """A deed was refused; the sentence is meant for the person who asked.

    `field` names the form field beside which the sentence belongs, if there is one.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)
