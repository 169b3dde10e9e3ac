// Resolves links as GitHub does, from the source's own folder, and prepares code in sentences: names of types become
// links to the API reference.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { base, ref, root, url } from './project.mjs';
import { address, sourceOf, sources } from './pages.mjs';

const TYPE = /^@?([A-Z]\w*(?:\.[A-Z]\w*)*)$/;

/** A markdown-it plugin. */
export function links(md) {
  const types = apiTypes();
  md.core.ruler.push('links', (state) => {
    const source = sourceOf(state.env);
    const seen = new Set();
    for (const block of state.tokens) {
      if (block.type !== 'inline') continue;
      for (const token of block.children) {
        if (token.type === 'link_open') resolveLink(token, source);
        // A short name isn't broken.
        if (token.type === 'code_inline' && /^\S{1,28}$/.test(token.content)) token.attrJoin('class', 'whole');
      }
      block.children = linkTypes(block.children, types, seen, state.Token);
    }
  });
}

function resolveLink(token, source) {
  const href = token.attrGet('href');
  if (/^([a-z]+:|#)/i.test(href)) return;
  const [, path, hash] = /^([^#]*)(#.*)?$/.exec(href);
  const target = posix.join(posix.dirname(source), decodeURI(path)).replace(/\/$/, '');
  if (target.startsWith('../') || !existsSync(`${root}${target}`)) {
    throw new Error(`${source}: dead link (got "${href}")`);
  }
  if (sources.includes(target)) {
    token.attrSet('href', address(target) + (hash ?? ''));
  } else {
    const kind = statSync(`${root}${target}`).isDirectory() ? 'tree' : 'blob';
    token.attrSet('href', `${url}/${kind}/${ref}/${target}${hash ?? ''}`);
  }
}

// Only the first mention on a page becomes a link. More links would be distracting.
function linkTypes(tokens, types, seen, Token) {
  let depth = 0;
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') depth++;
    if (token.type === 'link_close') depth--;
    const name = token.type === 'code_inline' && depth === 0 && TYPE.exec(token.content)?.[1];
    if (!name || seen.has(name) || !types.has(name)) return [token];
    seen.add(name);
    const open = new Token('link_open', 'a', 1);
    // With a target, the browser loads the page instead of the site's router, which doesn't know it.
    open.attrs = [['href', `${base}api/${types.get(name)}`], ['target', '_self'], ['class', 'api']];
    return [open, token, new Token('link_close', 'a', -1)];
  });
}

/**
 * Maps names of types to pages of the API reference. A name that several packages have is left out, unless exactly one
 * of them is written by hand: docs mean that one.
 */
function apiTypes() {
  const types = new Map();
  if (!process.env.ATLEX_SITE_API) return types;
  const modules = new Map(searchIndex('package').map(({ l, m }) => [l, m]));
  const byName = new Map();
  for (const { l, p } of searchIndex('type')) {
    if (p) byName.set(l, [...(byName.get(l) ?? []), p]);
  }
  for (const [name, all] of byName) {
    const written = all.filter((one) => one.startsWith('dev.atlex.'));
    const found = written.length > 0 ? written : all;
    if (found.length === 1) {
      types.set(name, `${modules.get(found[0])}/${found[0].replaceAll('.', '/')}/${name}.html`);
    }
  }
  return types;
}

// Javadoc's own search reads these files: entries with a label (l), a package (p) and a module (m).
function searchIndex(kind) {
  const file = `${process.env.ATLEX_SITE_API}/${kind}-search-index.js`;
  return JSON.parse(/=\s*(\[.*?\]);/s.exec(readFileSync(file, 'utf8'))[1]);
}
