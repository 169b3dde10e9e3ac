package dev.atlex.session.internal.ratelimit;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Computes the number of write points that a request costs, as the reference server does.
 *
 * @see <a href="https://docs.bsky.app/docs/advanced-guides/rate-limits">Rate limits of Bluesky's servers</a>
 */
public final class WritePoints {
    /** The points for creating a record. */
    public static final int CREATE = 3;

    /** The points for writing a record that may already exist. */
    public static final int UPDATE = 2;

    /** The points for deleting a record. */
    public static final int DELETE = 1;

    private static final String PREFIX = "/xrpc/";

    /** The maximum number of bytes to read from a body. Servers don't accept requests this large. */
    private static final int MAX_BODY = 8 << 20;

    private WritePoints() {}

    /** Returns the NSID of the method in a request's path. */
    public static String method(AgentRequest request) {
        String path = request.path();
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        return plain.startsWith(PREFIX) ? plain.substring(PREFIX.length()) : plain;
    }

    /** Returns the points that a request costs, or 0 if it writes no records. */
    public static int of(AgentRequest request) {
        if (!request.post()) {
            return 0;
        }
        return switch (method(request)) {
            case "com.atproto.repo.createRecord" -> CREATE;
            case "com.atproto.repo.putRecord" -> UPDATE;
            case "com.atproto.repo.deleteRecord" -> DELETE;
            case "com.atproto.repo.applyWrites" -> sum(request.body());
            default -> 0;
        };
    }

    /**
     * Returns the points that a batch costs. A body that is invalid, or can be read only once, counts as one new
     * record.
     */
    private static int sum(@Nullable RequestBody body) {
        if (body == null || !body.isReplayable()) {
            return CREATE;
        }
        try (InputStream stream = body.open()) {
            byte[] json = stream.readNBytes(MAX_BODY);
            LexArray writes =
                    LexValue.parseJson(json, ReadOptions.LENIENT) instanceof LexMap map ? map.getArray("writes") : null;
            if (writes == null) {
                return CREATE;
            }
            int points = 0;
            for (LexValue write : writes) {
                points += write instanceof LexMap one ? ofWrite(one.getString("$type")) : 0;
            }
            return points;
        } catch (IOException | LexException e) {
            return CREATE;
        }
    }

    private static int ofWrite(@Nullable String type) {
        if (type == null) {
            return 0;
        }
        return switch (type.substring(type.indexOf('#') + 1)) {
            case "create" -> CREATE;
            case "update" -> UPDATE;
            case "delete" -> DELETE;
            default -> 0;
        };
    }
}
