// The home page is README.md. Its title and first paragraph become the hero; the rest follows as it is.
import { url } from './project.mjs';
import { read, sourceOf } from './pages.mjs';

const HOME = 'README.md';

/** A markdown-it plugin that removes what the hero shows: everything before the first code block. */
export function home(md) {
  md.core.ruler.push('home', (state) => {
    if (sourceOf(state.env) !== HOME) return;
    const start = state.tokens.findIndex((token) => token.type === 'fence');
    if (start < 0) throw new Error(`site: ${HOME} has no code block`);
    state.tokens.splice(0, start);
  });
}

/** Completes the data of a page: a description for search engines, and the hero of the home page. */
export function pageData(page) {
  const markdown = read(page.filePath);
  if (page.filePath !== HOME) {
    return { description: shorten(plain(paragraph(markdown))) };
  }
  const [, text, tagline] = /^\*\*(.+?)\.\*\*\s+(.*)$/s.exec(paragraph(markdown)) ?? [];
  if (!text) throw new Error(`site: the first paragraph of ${HOME} doesn't begin with a bold sentence`);
  return {
    title: `Atlex: ${text}`,
    titleTemplate: ':title',
    description: plain(tagline),
    frontmatter: {
      layout: 'home',
      hero: {
        name: 'Atlex',
        text,
        tagline: plain(tagline),
        actions: [
          { theme: 'brand', text: 'Get started', link: '/getting-started' },
          { theme: 'alt', text: 'Recipes', link: '/recipes/' },
          { theme: 'alt', text: 'API reference', link: '/api/index.html', target: '_self' },
          { theme: 'alt', text: 'Source', link: url },
        ],
      },
    },
  };
}

// The first paragraph after the title that is neither a table, a list, a heading nor code.
function paragraph(markdown) {
  const text = markdown.replace(/^```.*?^```/gms, '');
  return text.split(/\n\s*\n/).map((block) => block.trim()).find((block) => /^(\*\*|`|[\w[])/.test(block)) ?? '';
}

function plain(markdown) {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

// Search engines show about 160 characters.
function shorten(text) {
  if (text.length <= 160) return text;
  return `${text.slice(0, 160).replace(/\s+\S*$/, '')}…`;
}
