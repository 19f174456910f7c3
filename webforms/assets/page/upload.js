// A form with `data-upload` sends its files with a progress bar; `input[data-shrink]` makes large pictures smaller first, which
// takes what the camera wrote into them away too. A broken line loses nothing: the same key is sent again.
const LONGEST_SIDE = 2000; // pixels
const QUALITY = 0.82;
const WORTH_IT = 600_000; // bytes
const MOST = 20 * 1024 * 1024; // bytes, as the server accepts

async function smaller(file) {
  if (!file.type.startsWith('image/') || file.type === 'image/gif' || file.size < WORTH_IT) return file;
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return file;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', QUALITY); });
  return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' }) : file;
}

function list(input) {
  const box = input.parentElement.querySelector('[data-photos]');
  box?.replaceChildren(...[...input.files].map((file) => Object.assign(document.createElement('li'), { textContent: `${file.name} · ${Math.ceil(file.size / 1024)} KB` })));
}

async function shrink(input, say) {
  if (!input.files.length) return;
  say('shrinking');
  const chosen = new DataTransfer();
  for (const file of input.files) chosen.items.add(await smaller(file));
  input.files = chosen.files;
  list(input);
  say('');
}

function send(form, parts) {
  const request = new XMLHttpRequest();
  parts.bar.hidden = false;
  request.upload.addEventListener('progress', (event) => { if (event.lengthComputable) parts.bar.value = (100 * event.loaded) / event.total; });
  const failed = () => { parts.bar.hidden = true; parts.button.disabled = false; parts.say('broken'); };
  request.addEventListener('error', failed);
  request.addEventListener('abort', failed);
  request.addEventListener('load', () => {
    if (request.status < 400) { location.assign(request.responseURL); return; }
    if (request.status !== 422) { failed(); return; }
    const page = new DOMParser().parseFromString(request.responseText, 'text/html');
    document.getElementById('main').replaceWith(page.getElementById('main'));
    document.dispatchEvent(new CustomEvent('redress:shown'));
  });
  request.open('POST', form.action);
  request.setRequestHeader('Accept', 'text/html');
  request.send(parts.body);
}

/** Let the marked forms under `root` send their files visibly. */
export function uploadVisibly(root) {
  for (const form of root.querySelectorAll('form[data-upload]')) {
    const status = form.querySelector('[data-upload-status]');
    const parts = { bar: form.querySelector('[data-upload-progress]'), button: form.querySelector('.btn-primary') };
    parts.say = (word, name = '') => { status.textContent = (form.dataset[word] ?? '').replace('{name}', name); };
    let shrinking = Promise.resolve();
    for (const input of form.querySelectorAll('input[data-shrink]')) {
      input.addEventListener('change', () => { shrinking = shrink(input, parts.say); });
    }
    form.addEventListener('submit', async (event) => {
      if (event.submitter?.name) return;
      event.preventDefault();
      await shrinking;
      const tooLarge = [...form.querySelectorAll('input[type=file]')].flatMap((input) => [...input.files]).find((file) => file.size > MOST);
      if (tooLarge) { parts.say('tooLarge', tooLarge.name); return; }
      parts.button.disabled = true;
      parts.say('sending');
      send(form, { ...parts, body: new FormData(form) });
    });
  }
}
