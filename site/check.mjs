// Checks a built site: node site/check.mjs FOLDER BASE
// Each link, image, script and style sheet below BASE must lead to a file in FOLDER, and each anchor to an ID on its page.
// Links to other hosts are allowed, but pages must not load anything from there.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

const [folder, base] = process.argv.slice(2);
const REFERENCE = /<(a|link|img|script|iframe|source)\b[^>]*?\s(?:href|src)="([^"]*)"/g;
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"' };
const problems = new Set();
const ids = new Map();
let count = 0;

const files = readdirSync(folder, { recursive: true }).map((file) => file.replaceAll('\\', '/'));
for (const file of files) {
  if (file.endsWith('.html')) check(file);
  if (file.endsWith('.css')) checkStyle(file);
}
for (const problem of problems) console.error(problem);
console.log(`site: ${files.filter((file) => file.endsWith('.html')).length} pages, ${count} links, ${problems.size} problems`);
process.exitCode = problems.size > 0 ? 1 : 0;

function check(file) {
  for (const [, element, value] of withoutScripts(read(file)).matchAll(REFERENCE)) {
    const reference = value.replace(/&(amp|lt|gt|quot);/g, (_, name) => ENTITIES[name]);
    if (/^(data|mailto|javascript):/.test(reference)) continue;
    const url = new URL(reference, new URL(base + file, 'http://site'));
    if (url.host !== 'site') {
      if (element !== 'a') problems.add(`${file}: loads from another host (got "${reference}")`);
      continue;
    }
    count++;
    const target = resolve(url.pathname);
    if (!target) {
      problems.add(`${file}: dead link (got "${reference}")`);
    } else if (url.hash.length > 1 && target.endsWith('.html') && !idsOf(target).has(decodeURIComponent(url.hash.slice(1)))) {
      problems.add(`${file}: missing anchor (got "${reference}")`);
    }
  }
}

function checkStyle(file) {
  for (const [reference] of read(file).matchAll(/(url\(|@import)\s*['"]?(https?:)?\/\/[^'")\s]*/g)) {
    problems.add(`${file}: loads from another host (got "${reference}")`);
  }
}

function resolve(pathname) {
  if (!pathname.startsWith(base)) return undefined;
  const file = decodeURIComponent(pathname.slice(base.length));
  const path = join(folder, file);
  if (!existsSync(path)) return undefined;
  if (!statSync(path).isDirectory()) return file;
  const index = posix.join(file, 'index.html');
  return existsSync(join(folder, index)) ? index : undefined;
}

function idsOf(file) {
  if (!ids.has(file)) {
    ids.set(file, new Set([...read(file).matchAll(/\s(?:id|name)="([^"]*)"/g)].map(([, id]) => unescape(id))));
  }
  return ids.get(file);

  function unescape(id) {
    return id.replace(/&(amp|lt|gt|quot);/g, (_, name) => ENTITIES[name]);
  }
}

function withoutScripts(html) {
  return html.replace(/(<script\b[^>]*>).*?<\/script>/gs, '$1');
}

function read(file) {
  return readFileSync(join(folder, file), 'utf8');
}
