/**
 * Gets Lexicon documents from the network: {@link dev.atlex.installer.LexiconInstaller} writes them, and all that they refer
 * to, into a folder, and pins them in a {@link dev.atlex.installer.LexiconManifest}.
 */
@NullMarked
package dev.atlex.installer;

import org.jspecify.annotations.NullMarked;
