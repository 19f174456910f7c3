// Builds webforms/assets into webforms/static/dist (never committed): `npm ci --ignore-scripts && node build.mjs`.
// Nothing is written unless the whole build succeeds.
import fs from 'node:fs';
import path from 'node:path';

const SOURCE = 'webforms/assets';
const TARGET = 'webforms/static/dist';

const OPTIONS = {
  absWorkingDir: import.meta.dirname,
  entryPoints: ['app', 'viewer', 'modeler'].map((name) => `${SOURCE}/${name}.js`),
  outdir: TARGET,
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  target: ['es2022'],
  chunkNames: 'chunks/[name]-[hash]',
  assetNames: 'assets/[name]-[hash]',
  loader: { '.woff': 'file', '.woff2': 'file', '.ttf': 'file', '.eot': 'file', '.svg': 'file' },
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'silent',
};

/** The licence texts of every package whose code went into the bundle, as one text. */
function licences(metafile) {
  const folders = Object.keys(metafile.inputs)
    .map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0])
    .filter(Boolean);
  return [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = fs.readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? fs.readFileSync(path.join(folder, file), 'utf8').trim() : `Licence: ${license}`;
    return `${name} ${version}\n\n${text}\n`;
  }).join(`\n${'-'.repeat(78)}\n\n`);
}

async function run() {
  const started = Date.now();
  process.chdir(import.meta.dirname);
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build(OPTIONS);
  const notice = licences(metafile);
  fs.rmSync(TARGET, { recursive: true, force: true });
  for (const { path: file, contents } of outputFiles) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, contents);
  }
  fs.writeFileSync(path.join(TARGET, 'LICENCES.txt'), notice);
  const kilobytes = Math.round(outputFiles.reduce((sum, file) => sum + file.contents.length, 0) / 1000);
  console.log(`${TARGET}: ${outputFiles.length + 1} files, ${kilobytes} kB, ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** One line that names the place and the remedy. */
function explain(error) {
  if (error.code === 'ERR_MODULE_NOT_FOUND') return 'esbuild is missing; run "npm ci --ignore-scripts" first';
  const first = error.errors?.[0];
  if (!first) return error.message.split('\n')[0];
  const place = first.location ? `${first.location.file}:${first.location.line}: ` : '';
  const more = error.errors.length > 1 ? ` (and ${error.errors.length - 1} more)` : '';
  return `${place}${first.text}${more}`;
}

run().catch((error) => {
  console.error(`${TARGET} was not built: ${explain(error)}`);
  process.exitCode = 1;
});
