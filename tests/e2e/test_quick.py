"""The quick record in a real browser, on the width of a phone: how few steps it takes, and a large photo."""

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import open_as

pytestmark = pytest.mark.browser

#: Somebody who types two signs a second and needs three seconds for a tap stays below a minute, the photo included.
SECONDS_PER_TAP, SIGNS_PER_SECOND, LIMIT = 3, 2, 60
STORY = "排队超过一小时没有人理会"

#: A photo as large as a phone takes: noise, so that it does not shrink by itself.
TAKE_PHOTO = """async input => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 3000, height: 2000});
  const picture = canvas.getContext('2d').createImageData(3000, 2000);
  picture.data.forEach((_, place) => { picture.data[place] = Math.random() * 255; });
  canvas.getContext('2d').putImageData(picture, 0, 0);
  const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.95));
  const chosen = new DataTransfer();
  chosen.items.add(new File([blob], 'lobby.jpg', {type: 'image/jpeg'}));
  input.files = chosen.files;
  input.dispatchEvent(new Event('change', {bubbles: true}));
  return blob.size;
}"""


def test_a_record_with_a_photo_takes_less_than_a_minute(office, open_page, accessible):
    page = open_page("zh", "narrow")
    open_as(office, page, "intake1", "/quick")
    accessible(page)
    taps = [
        lambda: page.check("[name='complaint.onsite.scene'][value=poor_service]"),
        lambda: page.check("[name='complaint.onsite.place'][value=lobby]"),
        lambda: page.check("[name='complaint.onsite.actions'][value=apology]"),
        lambda: page.select_option("[name='complaint.cat_c']", "C.ATT"),
        lambda: page.click("text=保存记录 >> visible=true"),
    ]

    page.fill("textarea", STORY)
    photo = page.locator("input[type=file]")
    before = photo.evaluate(TAKE_PHOTO)
    expect(page.locator("[data-photos] li")).to_have_count(1, timeout=30_000)
    after = photo.evaluate("input => input.files[0].size")
    for tap in taps:
        tap()
    expect(page.locator(".reference-box strong")).to_contain_text("TS-", timeout=30_000)

    assert after < before / 2
    assert len(STORY) / SIGNS_PER_SECOND + (len(taps) + 3) * SECONDS_PER_TAP < LIMIT
