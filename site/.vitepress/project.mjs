// Facts about the project that other files own: its version and URL (pom.xml), and the list of published versions.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The root of the checkout, with a slash at the end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

const pom = readFileSync(`${root}pom.xml`, 'utf8');

export const version = find(/<artifactId>atlex<\/artifactId>\s*<version>([^<]+)</, 'version');
export const url = find(/<atlex\.url>([^<]+)</, 'atlex.url');

/** The branch or tag that has the sources of this version. */
export const ref = version.endsWith('-SNAPSHOT') ? 'main' : `v${version}`;

/** Newest first. */
export const versions = JSON.parse(readFileSync(`${root}site/versions.json`, 'utf8'));

/** The version that the root of the site leads to: a release, if there is one. */
export const newest = versions.find((one) => !one.endsWith('-SNAPSHOT')) ?? versions[0];

/** The path of the folder that holds the folders of all versions, with a slash at both ends. */
export const siteRoot = `/${process.env.ATLEX_SITE_ROOT ?? ''}/`.replace(/\/+/g, '/');

export const base = `${siteRoot}${version}/`;

if (!versions.includes(version)) {
  throw new Error(`site: missing version in site/versions.json (got "${version}" in pom.xml): run scripts/set-version.sh`);
}

function find(pattern, name) {
  const match = pattern.exec(pom);
  if (!match) throw new Error(`site: missing ${name} in pom.xml`);
  return match[1].trim();
}
