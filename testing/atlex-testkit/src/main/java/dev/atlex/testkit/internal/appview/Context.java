package dev.atlex.testkit.internal.appview;

/** What all views and methods share. */
final class Context {
    final Actors actors;
    final BlobUrls blobs;
    final RecordIndex index = new RecordIndex();
    final PrivateState state = new PrivateState();
    final Bookmarks bookmarks = new Bookmarks();
    final Labels labels = new Labels();
    final Relationships relationships;
    final Gates gates;

    Context(Actors actors, BlobUrls blobs) {
        this.actors = actors;
        this.blobs = blobs;
        relationships = new Relationships(actors, index, state);
        gates = new Gates(index, relationships);
    }

    void clear() {
        index.clear();
        state.clear();
        bookmarks.clear();
        labels.clear();
        gates.clear();
    }
}
