package dev.atlex.endurance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.atlex.data.LexMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A firehose of identity events with the sequence numbers 1, 2, 3 and so on, which cuts its connections in random ways.
 * The event of a number is always the same, so the server needs no memory.
 */
final class EventServer implements AutoCloseable {
    private static final Pattern CURSOR = Pattern.compile("[?&]cursor=(\\d+)");
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
    private static final int BEHIND = 2_000;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Plan plan;
    private final Random random = new Random(Scale.SEED);
    private final String padding;
    private final Map<String, Integer> cuts = new TreeMap<>();
    private final AtomicInteger tooSlow = new AtomicInteger();
    private int cutsLeft;

    /** When the first consumer connected. The first event happens then. */
    private long begin;

    private long highest;
    private long last = Long.MAX_VALUE;

    /**
     * What the server does.
     *
     * @param accounts the number of accounts, which take turns
     * @param size the approximate size of an event in bytes
     * @param rate the number of events a second; 0 for as many as the consumer takes
     * @param cuts the number of connections to cut
     * @param last the last event if nothing is cut
     */
    record Plan(int accounts, int size, int rate, int cuts, long last) {}

    EventServer(Plan plan) throws IOException {
        this.plan = plan;
        this.padding = "x".repeat(Math.max(0, plan.size() - 150));
        this.cutsLeft = plan.cuts();
        if (plan.cuts() == 0) {
            last = plan.last();
        }
        start(this::accept);
    }

    private static void start(Runnable run) {
        Thread thread = new Thread(run, "event-server");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "ws://127.0.0.1:" + listener.getLocalPort();
    }

    /** Returns the account of an event. */
    String did(long sequence) {
        return "did:plc:account" + (100_000 + sequence % plan.accounts());
    }

    /** Waits until all cuts are done, and returns the last event's number. */
    synchronized long awaitLast() throws InterruptedException {
        while (last == Long.MAX_VALUE) {
            wait();
        }
        return last;
    }

    /** Returns how many connections were cut in each way. */
    synchronized String cuts() {
        return cuts.toString();
    }

    /** Returns how many consumers were cut off because they were too slow. */
    int tooSlow() {
        return tooSlow.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket consumer = listener.accept();
                start(() -> serve(consumer));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket consumer) {
        try (consumer) {
            String request = request(consumer.getInputStream());
            Matcher cursor = CURSOR.matcher(request);
            long next = cursor.find() ? Long.parseLong(cursor.group(1)) + 1 : 1;
            Cut cut = nextCut();
            OutputStream out = consumer.getOutputStream();
            if (cut != null && cut.way() == Way.UNAVAILABLE) {
                out.write("HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
                return;
            } else if (cut == null || cut.way() != Way.BEFORE_HANDSHAKE) {
                out.write(handshake(request));
                send(consumer, next, cut);
            }
        } catch (IOException | InterruptedException | GeneralSecurityException e) {
            // the consumer was killed
        }
    }

    private enum Way {
        UNAVAILABLE,
        BEFORE_HANDSHAKE,
        IN_FRAME,
        BETWEEN_FRAMES,
        CLOSED
    }

    private record Cut(Way way, int after) {}

    private synchronized Cut nextCut() {
        if (cutsLeft == 0) {
            if (plan.cuts() > 0 && last == Long.MAX_VALUE) {
                last = highest + plan.last();
                notifyAll();
            }
            return null;
        }
        cutsLeft--;
        int dice = random.nextInt(100);
        Way way = dice < 2 ? Way.UNAVAILABLE : dice < 4 ? Way.BEFORE_HANDSHAKE : Way.values()[2 + dice % 3];
        cuts.merge(way.name(), 1, Integer::sum);
        return new Cut(way, random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(300));
    }

    private void send(Socket consumer, long first, Cut cut) throws IOException, InterruptedException {
        OutputStream out = consumer.getOutputStream();
        boolean caughtUp = false;
        for (long sequence = first; ; sequence++) {
            if (cut != null && sequence - first >= cut.after()) {
                cut(consumer, sequence, cut.way());
                return;
            }
            long behind = awaitEvent(sequence);
            caughtUp |= behind < 100;
            if (caughtUp && behind > BEHIND) {
                tooSlow.incrementAndGet();
                out.write(binary(error("ConsumerTooSlow")));
                return;
            }
            out.write(binary(event(sequence)));
        }
    }

    /** Waits until an event exists, and returns how many later ones exist too. Never returns after the last event. */
    private synchronized long awaitEvent(long sequence) throws InterruptedException {
        while (sequence > last) {
            wait();
        }
        highest = Math.max(highest, sequence);
        if (plan.rate() == 0) {
            return 0;
        }
        begin = begin == 0 ? System.nanoTime() : begin;
        long exist = existing();
        while (exist < sequence) {
            wait(1);
            exist = existing();
        }
        return exist - sequence;
    }

    private long existing() {
        return (System.nanoTime() - begin) / (1_000_000_000L / plan.rate());
    }

    private void cut(Socket consumer, long sequence, Way way) throws IOException {
        OutputStream out = consumer.getOutputStream();
        if (way == Way.CLOSED) {
            out.write(new byte[] {(byte) 0x88, 2, 0x03, (byte) 0xe9});
            return;
        }
        if (way == Way.IN_FRAME) {
            byte[] frame = binary(event(sequence));
            out.write(frame, 0, frame.length / 2);
        }
        consumer.setSoLinger(true, 0);
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("the consumer has gone");
            }
            request.append((char) read);
        }
        return request.toString();
    }

    private static byte[] handshake(String request) throws IOException, GeneralSecurityException {
        Matcher key = KEY.matcher(request);
        if (!key.find()) {
            throw new IOException("not a WebSocket handshake");
        }
        byte[] hash = MessageDigest.getInstance("SHA-1")
                .digest((key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1));
        return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    private byte[] event(long sequence) {
        LexMap.Builder body =
                LexMap.builder().put("seq", sequence).put("did", did(sequence)).put("time", "2026-11-27T16:00:00.000Z");
        if (!padding.isEmpty()) {
            body.put("padding", padding);
        }
        return message(LexMap.builder().put("op", 1).put("t", "#identity").build(), body.build());
    }

    private static byte[] error(String name) {
        return message(
                LexMap.builder().put("op", -1).build(),
                LexMap.builder().put("error", name).build());
    }

    private static byte[] message(LexMap header, LexMap body) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(header.toCbor());
        message.writeBytes(body.toCbor());
        return message.toByteArray();
    }

    private static byte[] binary(byte[] message) {
        ByteBuffer frame = ByteBuffer.allocate(4 + message.length).put((byte) 0x82);
        if (message.length < 126) {
            frame.put((byte) message.length);
        } else {
            frame.put((byte) 126).putShort((short) message.length);
        }
        frame.put(message);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
