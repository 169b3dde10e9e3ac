package dev.atlex.identity;

import dev.atlex.identity.DnsMessage.Answer;
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
 * A stub resolver: asks by UDP from a port of its own with an id nobody can guess, listens to nobody but the server that
 * was asked, and asks again by TCP what does not fit in a packet.
 */
final class DnsClient implements DnsResolver {
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private static final int ROUNDS = 2;
    private static final int NO_SUCH_NAME = 3;

    /** More than servers send to a client that has not said that it can take more than 512. */
    private static final int MAX_PACKET = 4096;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Supplier<List<InetSocketAddress>> servers;
    private final long timeoutNanos;

    DnsClient(Supplier<List<InetSocketAddress>> servers, Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout is not positive: " + timeout);
        }
        this.servers = servers;
        this.timeoutNanos = timeout.toNanos();
    }

    @Override
    public List<String> txt(String name) {
        int id = RANDOM.nextInt(1 << 16);
        byte[] question = question(id, name);
        long deadline = System.nanoTime() + timeoutNanos;
        List<InetSocketAddress> candidates = servers.get();
        if (candidates.isEmpty()) {
            throw failure(name, "no DNS server is configured", null);
        }
        String problem = "the time limit was reached";
        Exception cause = null;
        int tries = ROUNDS * candidates.size();
        for (int i = 0; i < tries && System.nanoTime() < deadline; i++) {
            InetSocketAddress server = candidates.get(i % candidates.size());
            long now = System.nanoTime();
            long end = now + (deadline - now) / (tries - i);
            try {
                Answer answer = ask(server, question, id, name, end, deadline);
                if (answer.code() == 0 || answer.code() == NO_SUCH_NAME) {
                    return answer.code() == 0 ? answer.texts() : List.of();
                }
                problem = describe(server) + " answered " + describe(answer.code());
                cause = null;
            } catch (SocketTimeoutException e) {
                problem = describe(server) + " did not answer in time";
                cause = e;
            } catch (IOException | DnsMessage.MalformedException e) {
                problem = describe(server) + ": " + e.getMessage();
                cause = e;
            }
        }
        throw failure(name, problem, cause);
    }

    private static byte[] question(int id, String name) {
        try {
            return DnsMessage.question(id, name);
        } catch (IllegalArgumentException e) {
            throw new DnsException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Answer ask(InetSocketAddress server, byte[] question, int id, String name, long end, long deadline)
            throws IOException, DnsMessage.MalformedException {
        Answer answer = askByUdp(server, question, id, name, end);
        return answer.truncated() ? askByTcp(server, question, id, name, deadline) : answer;
    }

    private static Answer askByUdp(InetSocketAddress server, byte[] question, int id, String name, long end)
            throws IOException, DnsMessage.MalformedException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            socket.send(new DatagramPacket(question, question.length));
            byte[] buffer = new byte[MAX_PACKET];
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.setSoTimeout(millisUntil(end));
                socket.receive(packet);
                Answer answer = DnsMessage.answer(Arrays.copyOf(buffer, packet.getLength()), id, name);
                if (answer != null) {
                    return answer;
                }
            }
        }
    }

    private static Answer askByTcp(InetSocketAddress server, byte[] question, int id, String name, long end)
            throws IOException, DnsMessage.MalformedException {
        try (Socket socket = new Socket()) {
            socket.connect(server, millisUntil(end));
            byte[] framed = new byte[question.length + 2];
            framed[0] = (byte) (question.length >> 8);
            framed[1] = (byte) question.length;
            System.arraycopy(question, 0, framed, 2, question.length);
            socket.getOutputStream().write(framed);
            byte[] length = read(socket, 2, end);
            byte[] message = read(socket, (length[0] & 0xff) << 8 | (length[1] & 0xff), end);
            Answer answer = DnsMessage.answer(message, id, name);
            if (answer == null || answer.truncated()) {
                throw new IOException("a wrong answer by TCP");
            }
            return answer;
        }
    }

    private static byte[] read(Socket socket, int length, long end) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[length];
        for (int size = 0; size < length; ) {
            socket.setSoTimeout(millisUntil(end));
            int count = in.read(bytes, size, length - size);
            if (count < 0) {
                throw new EOFException("the answer by TCP ends early");
            }
            size += count;
        }
        return bytes;
    }

    /** At least 1, for 0 would mean for ever. */
    private static int millisUntil(long end) throws SocketTimeoutException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("the time limit was reached");
        }
        return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(left) + 1);
    }

    private static DnsException failure(String name, String problem, @Nullable Exception cause) {
        return new DnsException("TXT records of " + name + ": " + problem, cause);
    }

    private static String describe(InetSocketAddress server) {
        String host = server.isUnresolved()
                ? server.getHostString()
                : server.getAddress().getHostAddress();
        return host + ":" + server.getPort();
    }

    private static String describe(int code) {
        return switch (code) {
            case 1 -> "FORMERR (it did not understand the question)";
            case 2 -> "SERVFAIL (it could not find out)";
            case 5 -> "REFUSED (it does not answer us)";
            default -> "with the code " + code;
        };
    }
}
