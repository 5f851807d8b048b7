/* A film is fetched when somebody clicks on it, and not before: its link becomes the frame it leads to. */
(function () {
  "use strict";

  function show(film) {
    const frame = document.createElement("iframe");
    frame.title = film.dataset.title;
    frame.allow = "fullscreen; picture-in-picture";
    // The service may know which site shows its film (YouTube refuses otherwise), not which page.
    frame.referrerPolicy = "origin";
    frame.src = film.dataset.frame;
    film.querySelector(".film__stage").replaceChildren(frame);
    frame.focus();
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest(".film__play");
    const film = link && link.closest(".film");
    // Whoever asks for another tab or window gets what he asks for.
    if (!film || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    show(film);
  });
})();
