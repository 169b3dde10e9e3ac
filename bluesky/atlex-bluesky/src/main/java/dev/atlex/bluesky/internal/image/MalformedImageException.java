package dev.atlex.bluesky.internal.image;

/** Thrown by the format readers. {@link ImagePreparer} adds the name of the image. */
final class MalformedImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedImageException(String message) {
        super(message);
    }
}
