package dev.atlex.identity;

import dev.atlex.data.internal.Durations;
import dev.atlex.identity.DnsMessage.Response;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stub resolver for TXT records. Each query is sent over UDP from a new port with a random id, and only packets from
 * the queried server that match the query are accepted. If a response is truncated, the query is repeated over TCP.
 *
 * <p>The JDK's own client isn't used because it treats a truncated response as complete if TCP fails; see decision
 * 0017.
 */
final class DnsClient implements DnsResolver {
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private static final int ROUNDS = 2;
    private static final int NO_SUCH_NAME = 3;

    /**
     * The size of the buffer. It exceeds any response that a server sends without EDNS, because UDP responses are then
     * limited to 512 bytes.
     */
    private static final int MAX_PACKET = 4096;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Supplier<List<InetSocketAddress>> servers;
    private final long timeoutNanos;

    DnsClient(Supplier<List<InetSocketAddress>> servers, Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must be positive (got " + timeout + ")");
        }
        this.servers = servers;
        this.timeoutNanos = Durations.nanos(timeout);
    }

    @Override
    public List<String> txt(String name) {
        int id = RANDOM.nextInt(1 << 16);
        byte[] query = encode(id, name);
        long deadline = System.nanoTime() + timeoutNanos;
        List<InetSocketAddress> candidates = servers.get();
        if (candidates.isEmpty()) {
            throw failure(name, "no DNS server is configured", null);
        }
        String problem = "time limit exceeded";
        Exception cause = null;
        int tries = ROUNDS * candidates.size();
        for (int i = 0; i < tries && System.nanoTime() < deadline; i++) {
            InetSocketAddress server = candidates.get(i % candidates.size());
            long now = System.nanoTime();
            long end = now + (deadline - now) / (tries - i);
            try {
                Response response = query(server, query, id, name, end, deadline);
                if (response.code() == 0 || response.code() == NO_SUCH_NAME) {
                    return response.code() == 0 ? response.txtRecords() : List.of();
                }
                problem = describe(server) + " returned " + describe(response.code());
                cause = null;
            } catch (SocketTimeoutException e) {
                problem = describe(server) + " did not respond in time";
                cause = e;
            } catch (IOException | DnsMessage.MalformedException e) {
                problem = describe(server) + ": " + e.getMessage();
                cause = e;
            }
        }
        throw failure(name, problem, cause);
    }

    private static byte[] encode(int id, String name) {
        try {
            return DnsMessage.query(id, name);
        } catch (IllegalArgumentException e) {
            throw new DnsException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Response query(InetSocketAddress server, byte[] query, int id, String name, long end, long deadline)
            throws IOException, DnsMessage.MalformedException {
        Response response = queryByUdp(server, query, id, name, end);
        return response.truncated() ? queryByTcp(server, query, id, name, deadline) : response;
    }

    private static Response queryByUdp(InetSocketAddress server, byte[] query, int id, String name, long end)
            throws IOException, DnsMessage.MalformedException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            socket.send(new DatagramPacket(query, query.length));
            byte[] buffer = new byte[MAX_PACKET];
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.setSoTimeout(millisUntil(end));
                socket.receive(packet);
                Response response = DnsMessage.response(Arrays.copyOf(buffer, packet.getLength()), id, name);
                if (response != null) {
                    return response;
                }
            }
        }
    }

    private static Response queryByTcp(InetSocketAddress server, byte[] query, int id, String name, long end)
            throws IOException, DnsMessage.MalformedException {
        try (Socket socket = new Socket()) {
            socket.connect(server, millisUntil(end));
            byte[] framed = new byte[query.length + 2];
            framed[0] = (byte) (query.length >> 8);
            framed[1] = (byte) query.length;
            System.arraycopy(query, 0, framed, 2, query.length);
            socket.getOutputStream().write(framed);
            byte[] length = read(socket, 2, end);
            byte[] message = read(socket, (length[0] & 0xff) << 8 | (length[1] & 0xff), end);
            Response response = DnsMessage.response(message, id, name);
            if (response == null || response.truncated()) {
                throw new IOException("invalid response over TCP");
            }
            return response;
        }
    }

    private static byte[] read(Socket socket, int length, long end) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[length];
        for (int size = 0; size < length; ) {
            socket.setSoTimeout(millisUntil(end));
            int count = in.read(bytes, size, length - size);
            if (count < 0) {
                throw new EOFException("truncated response over TCP");
            }
            size += count;
        }
        return bytes;
    }

    /** Returns at least 1, because 0 means no time limit. */
    private static int millisUntil(long end) throws SocketTimeoutException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("time limit exceeded");
        }
        return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(left) + 1);
    }

    private static DnsException failure(String name, String problem, @Nullable Exception cause) {
        return new DnsException("failed to look up the TXT records for " + name + ": " + problem, cause);
    }

    private static String describe(InetSocketAddress server) {
        String host = server.isUnresolved()
                ? server.getHostString()
                : server.getAddress().getHostAddress();
        return host + ":" + server.getPort();
    }

    private static String describe(int code) {
        return switch (code) {
            case 1 -> "FORMERR (query not understood)";
            case 2 -> "SERVFAIL (lookup failed)";
            case 5 -> "REFUSED (query not allowed)";
            default -> "response code " + code;
        };
    }
}
