/**
 * Installs Lexicon documents from the network. {@link dev.atlex.installer.LexiconInstaller} writes documents and
 * everything they refer to into a folder, and pins their versions in a {@link dev.atlex.installer.LexiconManifest}.
 */
@NullMarked
package dev.atlex.installer;

import org.jspecify.annotations.NullMarked;
