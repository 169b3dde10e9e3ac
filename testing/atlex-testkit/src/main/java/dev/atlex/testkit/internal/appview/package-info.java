/**
 * An AppView: an index of the records of all accounts, and the {@code app.bsky} methods that read it.
 *
 * <p>{@link dev.atlex.testkit.internal.appview.AppView} is the entry point. Records are added to the
 * {@link dev.atlex.testkit.internal.appview.RecordIndex} the moment they are written. Each {@code …Methods} class serves
 * some methods; each {@code …Views} class turns records into the views that the methods return. Everything is guarded by
 * the server's lock, and nothing here depends on HTTP, tokens or repositories.
 *
 * <p>The behavior is that of {@code @atproto/bsky}. Accounts that are taken down or deactivated are invisible, and a block
 * between two accounts hides each from the other.
 */
@org.jspecify.annotations.NullMarked
package dev.atlex.testkit.internal.appview;
