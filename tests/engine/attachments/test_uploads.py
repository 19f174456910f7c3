import io

import pytest

from engine.attachments import Checked, FileEmpty, FileTooLarge, TooManyFiles, Upload, check, check_all
from engine.attachments.uploads import FILE_BYTES, FILES_PER_SUBMISSION, PhotoDamaged


def upload(name, content):
    return Upload(name, io.BytesIO(content))


def test_an_empty_file_and_one_too_large_are_refused():
    with pytest.raises(FileEmpty, match=r"“a\.txt”.*empty"):
        check(upload("a.txt", b""), strip=False)
    with pytest.raises(FileTooLarge, match="larger than 20 MB"):
        check(upload("a.txt", b"x" * (FILE_BYTES + 1)), strip=False)
    assert len(check(upload("a.txt", b"x" * FILE_BYTES), strip=False).content) == FILE_BYTES


def test_a_submission_has_a_limited_number_of_files():
    uploads = [upload(f"{number}.txt", b"x") for number in range(FILES_PER_SUBMISSION)]

    assert len(check_all(uploads, strip=True)) == FILES_PER_SUBMISSION
    with pytest.raises(TooManyFiles, match="21 files"):
        check_all([*uploads, upload("one more.txt", b"x")], strip=True)


def test_a_damaged_photo_is_refused_where_its_notes_must_go():
    broken = b"\xff\xd8\xff\xe0\x00\x04JFnot a marker"

    with pytest.raises(PhotoDamaged, match="damaged"):
        check(upload("photo.jpg", broken), strip=True)
    assert check(upload("photo.jpg", broken), strip=False).media_type == "image/jpeg"


def test_a_checked_file_does_not_show_its_content_in_logs():
    assert "6222" not in repr(Checked("a.txt", "text/plain", "0", b"6222 0000"))
