import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

pytestmark = pytest.mark.django_db


def test_a_picture_as_pages_show_it_is_served_and_may_be_kept(client):
    image = get_image_model().objects.create(title="Veld", file=get_test_image_file())

    response = client.get(image.get_rendition("width-100").url)

    assert response.status_code == 200
    assert "max-age" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_originals_and_documents_are_not_served_past_whoever_asks_who_is_there(client):
    image = get_image_model().objects.create(title="Veld", file=get_test_image_file())
    document = get_document_model().objects.create(title="Nota", file=ContentFile(b"geheim", name="nota.txt"))

    assert client.get(image.file.url).status_code == 404
    assert client.get(document.file.url).status_code == 404


@pytest.mark.parametrize("path", ["../original_images/x.png", "..%2f..%2fdb.sqlite3", "/etc/passwd", "%00"])
def test_nobody_climbs_out_of_the_folder(client, path):
    assert client.get(f"/media/images/{path}").status_code in (302, 400, 404)
