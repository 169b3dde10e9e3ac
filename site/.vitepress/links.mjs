// Resolves links as GitHub does, from the source's own folder, and links names of types to the API reference.
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

// Only the first mention on a page becomes a link. More would make the text restless.
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
  const folder = process.env.ATLEX_SITE_API;
  if (!folder) return types;
  const index = readFileSync(`${folder}/type-search-index.js`, 'utf8');
  const byName = new Map();
  for (const entry of JSON.parse(/=\s*(\[.*\])/s.exec(index)[1])) {
    if (entry.p) byName.set(entry.l, [...(byName.get(entry.l) ?? []), entry]);
  }
  for (const [name, all] of byName) {
    const written = all.filter((entry) => !entry.m.startsWith('dev.atlex.lexicons'));
    const found = written.length > 0 ? written : all;
    if (found.length === 1) {
      const [{ m, p }] = found;
      types.set(name, `${m}/${p.replaceAll('.', '/')}/${name}.html`);
    }
  }
  return types;
}
