// The pages of the site. Sources stay where GitHub shows them; only their addresses on the site differ.
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { root } from './project.mjs';

const OUTSIDE_DOCS = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];
const INDEX = 'docs/README.md';
const SECTIONS = ['docs/recipes/README.md', 'docs/decisions/README.md'];
const LINK = /\[([^\]]+)\]\(([^)#\s]+\.md)\)/g;

/** Paths of all source pages, relative to the root of the checkout. */
export const sources = [
  ...OUTSIDE_DOCS,
  ...readdirSync(`${root}docs`, { recursive: true })
    .map((file) => posix.join('docs', file.replaceAll('\\', '/')))
    .filter((file) => file.endsWith('.md')),
];

/** Patterns of everything else in the root of the checkout. */
export const others = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.name !== 'docs' && !OUTSIDE_DOCS.includes(entry.name))
  .map((entry) => (entry.isDirectory() ? `${entry.name}/**` : entry.name));

/** Maps the path of a source page to its path on the site, which still ends with ".md". */
export function rewrite(source) {
  if (source === 'README.md') return 'index.md';
  if (source === INDEX) return 'docs.md';
  if (!source.startsWith('docs/')) return source.toLowerCase();
  return source.slice('docs/'.length).replace(/(^|\/)README\.md$/, '$1index.md');
}

/** The address of a source page, relative to the base of the site. */
export function address(source) {
  return `/${rewrite(source).replace(/\.md$/, '.html').replace(/(^|\/)index\.html$/, '$1')}`;
}

/** Returns the path of the source page that markdown-it renders. */
export function sourceOf(env) {
  // Search renders pages without a realPath.
  return posix.relative(root, env.realPath ?? env.path);
}

export function read(source) {
  return readFileSync(`${root}${source}`, 'utf8');
}

/** Builds the sidebar from the tables of docs/README.md, one group per table. */
export function sidebar() {
  const groups = [];
  for (const line of read(INDEX).split('\n')) {
    const cells = line.split('|').slice(1, -1).map((cell) => cell.trim());
    if (cells.length !== 2 || /^-+$/.test(cells[0])) continue;
    if (cells[1] === 'Page') {
      groups.push({ text: cells[0], items: [] });
    } else {
      groups.at(-1).items.push(...links(INDEX, cells[1]).map(item));
    }
  }
  groups.unshift({ text: 'Overview', link: address(INDEX) });
  groups.push({
    text: 'Project',
    items: OUTSIDE_DOCS.slice(1).map((source) => ({ text: title(source), link: address(source) })),
  });
  requireAll(groups);
  return groups;
}

function item({ text, source }) {
  const entry = { text: text[0].toUpperCase() + text.slice(1), link: address(source) };
  if (!SECTIONS.includes(source)) return entry;
  const items = links(source, read(source))
    .filter((link) => posix.dirname(link.source) === posix.dirname(source))
    .map((link) => ({ text: title(link.source), link: address(link.source) }));
  return { ...entry, collapsed: true, items };
}

function links(from, markdown) {
  return [...markdown.matchAll(LINK)].map(([, text, target]) => ({
    text: text.replaceAll('`', ''),
    source: posix.join(posix.dirname(from), target),
  }));
}

function title(source) {
  return /^# (.*)$/m.exec(read(source))[1].replaceAll('`', '');
}

// A page that only search finds was forgotten in the index.
function requireAll(groups) {
  const listed = new Set();
  const visit = (entry) => {
    listed.add(entry.link);
    entry.items?.forEach(visit);
  };
  groups.forEach(visit);
  const missing = sources.filter((source) => source !== 'README.md' && !listed.has(address(source)));
  if (missing.length > 0) {
    throw new Error(`site: pages without an entry in ${INDEX} (got ${missing.join(', ')})`);
  }
}
