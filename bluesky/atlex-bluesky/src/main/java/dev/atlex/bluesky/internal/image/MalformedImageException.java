package dev.atlex.bluesky.internal.image;

/** Thrown by the readers of a format. {@link ImagePreparer} adds the name of the image. */
final class MalformedImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedImageException(String message) {
        super(message);
    }
}
