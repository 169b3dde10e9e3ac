package dev.atlex.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.jspecify.annotations.Nullable;

/** The body as the caller reads it: decompressed, limited in size, and closed at the first failure. */
final class ResponseBody extends InputStream {
    private final TransportRequest request;
    private final BodyStream source;
    private final boolean gzip;
    private final boolean refusal;
    private final long announced;
    private final @Nullable StreamPublisher upload;

    private @Nullable InputStream decoded;
    private long count;
    private boolean closed;

    /**
     * @param refusal whether the status is an error; if so, a body that claims to be gzip but isn't is returned
     *     unchanged
     * @param announced the content-length, or -1
     * @param upload the body of the request, to be closed with this one
     */
    ResponseBody(
            TransportRequest request,
            BodyStream source,
            boolean gzip,
            boolean refusal,
            long announced,
            @Nullable StreamPublisher upload) {
        this.request = request;
        this.source = source;
        this.gzip = gzip;
        this.refusal = refusal;
        this.announced = announced;
        this.upload = upload;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the body of the response is closed");
        }
        if (length == 0) {
            return 0;
        }
        long room = request.maxResponseBytes() - count;
        try {
            if (!gzip && announced > request.maxResponseBytes()) {
                throw tooLarge();
            }
            // Reading one byte more than allowed distinguishes a body that just fits from one that doesn't.
            int read = decoded().read(target, offset, room < length ? (int) room + 1 : length);
            if (read > room) {
                throw tooLarge();
            }
            count += Math.max(read, 0);
            return read;
        } catch (TransportException e) {
            close();
            throw e;
        } catch (IOException e) {
            // Only the decompressor throws this.
            close();
            throw Failures.badGzip(request, e);
        }
    }

    /** Signals that the caller reads the whole body in one go, which saves thread switches. */
    void expectReadAll() {
        source.readAll();
    }

    private InputStream decoded() throws IOException {
        InputStream stream = decoded;
        if (stream == null) {
            // Some servers send nothing at all for an empty compressed body.
            stream = gzip && !source.isEmpty() ? decompressed() : source;
            decoded = stream;
        }
        return stream;
    }

    private InputStream decompressed() throws IOException {
        if (!refusal) {
            return new GunzipStream(source, request.maxResponseBytes(), this::tooLarge);
        }
        PushbackInputStream beginning = new PushbackInputStream(source);
        int first = beginning.read();
        if (first < 0) {
            return beginning;
        }
        beginning.unread(first);
        return first == GunzipStream.MAGIC_1
                ? new GunzipStream(beginning, request.maxResponseBytes(), this::tooLarge)
                : beginning;
    }

    private ResponseTooLargeException tooLarge() {
        long max = request.maxResponseBytes();
        String size = !gzip && announced > max ? announced + " bytes, " : "";
        return new ResponseTooLargeException(
                request.describe() + ": the body of the response has " + size + "more than " + max
                        + " bytes, the request's maxResponseBytes",
                max);
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        source.close();
        if (upload != null) {
            upload.close();
        }
        if (decoded instanceof GunzipStream inflater) {
            inflater.close();
        }
    }
}
