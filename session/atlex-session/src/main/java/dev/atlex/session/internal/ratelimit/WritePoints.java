package dev.atlex.session.internal.ratelimit;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.ratelimit.RateLimiter;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What requests cost at the limits of writes, as the reference server counts. */
public final class WritePoints {
    private static final String PREFIX = "/xrpc/";

    /** More than servers take in one request. */
    private static final int MAX_BODY = 8 << 20;

    private WritePoints() {}

    /** The method that a request calls: what stands in its path. */
    public static String method(AgentRequest request) {
        String path = request.path();
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        return plain.startsWith(PREFIX) ? plain.substring(PREFIX.length()) : plain;
    }

    /** The points, 0 for what writes no records. */
    public static int of(AgentRequest request) {
        if (!request.post()) {
            return 0;
        }
        return switch (method(request)) {
            case "com.atproto.repo.createRecord" -> RateLimiter.CREATE;
            case "com.atproto.repo.putRecord" -> RateLimiter.UPDATE;
            case "com.atproto.repo.deleteRecord" -> RateLimiter.DELETE;
            case "com.atproto.repo.applyWrites" -> sum(request.body());
            default -> 0;
        };
    }

    /** A body that can't be read twice, or makes no sense, is for the server to judge; it costs as much as one record. */
    private static int sum(@Nullable RequestBody body) {
        if (body == null || !body.isReplayable()) {
            return RateLimiter.CREATE;
        }
        try (InputStream stream = body.open()) {
            byte[] json = stream.readNBytes(MAX_BODY);
            LexArray writes =
                    LexValue.parseJson(json, ReadOptions.LENIENT) instanceof LexMap map ? map.getArray("writes") : null;
            if (writes == null) {
                return RateLimiter.CREATE;
            }
            int points = 0;
            for (LexValue write : writes) {
                points += write instanceof LexMap one ? ofWrite(one.getString("$type")) : 0;
            }
            return points;
        } catch (IOException | LexException e) {
            return RateLimiter.CREATE;
        }
    }

    private static int ofWrite(@Nullable String type) {
        if (type == null) {
            return 0;
        }
        return switch (type.substring(type.indexOf('#') + 1)) {
            case "create" -> RateLimiter.CREATE;
            case "update" -> RateLimiter.UPDATE;
            case "delete" -> RateLimiter.DELETE;
            default -> 0;
        };
    }
}
