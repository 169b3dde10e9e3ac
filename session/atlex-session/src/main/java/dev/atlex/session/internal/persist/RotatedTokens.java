package dev.atlex.session.internal.persist;

import dev.atlex.session.SessionData;
import dev.atlex.session.internal.persist.SessionRecord.Superseded;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The refresh tokens of a session that were traded for others, for as long as its server may take them: any of them brings
 * the session back to life, so they have to be deleted with it.
 *
 * <p>What changes, changes under the session's lock; {@link #with} may be called without it.
 */
public final class RotatedTokens {
    /** Refresh tokens that were traded can bring a session back for two hours at the reference server; its clock may differ. */
    private static final Duration GRACE = Duration.ofHours(3);

    /** More are not remembered: a program that refreshes all the time must not write ever more. */
    private static final int MAX = 100;

    private final Clock clock;
    private volatile List<Superseded> all = List.of();

    /** Those of them that this object has traded itself. */
    private final Set<String> own = new LinkedHashSet<>();

    /** What the store's entry had of them when it was last looked at. */
    private List<Superseded> seen = List.of();

    public RotatedTokens(Clock clock) {
        this.clock = clock;
    }

    /** The session comes from a store's entry that has these. */
    public void loaded(List<Superseded> stored) {
        all = stored;
    }

    /** The store's entry has these just now. */
    public void saw(List<Superseded> stored) {
        seen = stored;
    }

    /** Those that were seen are of this session. */
    public void takeOver() {
        all = union(seen);
    }

    /** Those that were seen are of this session, and another process has traded this one too. */
    public void takeOver(String tradedElsewhere) {
        List<Superseded> more = new ArrayList<>(seen);
        more.add(new Superseded(tradedElsewhere, clock.instant()));
        all = union(more);
    }

    /** These and those that are known, each once: another process may not know ours. */
    private List<Superseded> union(List<Superseded> others) {
        Map<String, Superseded> tokens = new LinkedHashMap<>();
        others.forEach(one -> tokens.put(one.token(), one));
        alive().forEach(one -> tokens.putIfAbsent(one.token(), one));
        return newest(List.copyOf(tokens.values()));
    }

    private static List<Superseded> newest(List<Superseded> list) {
        return List.copyOf(list.subList(Math.max(0, list.size() - MAX), list.size()));
    }

    /** This object has traded the data's refresh token, which is remembered until its server forgets it. */
    public void add(SessionData old) {
        List<Superseded> list = new ArrayList<>(alive());
        list.add(new Superseded(old.refreshJwt(), clock.instant()));
        all = newest(list);
        own.retainAll(all.stream().map(Superseded::token).toList());
        own.add(old.refreshJwt());
    }

    /** Whether this object has traded the token itself. */
    public boolean isOwn(String token) {
        return own.contains(token);
    }

    /**
     * Returns whether a stored session and these data are one session: whether they have a refresh token in common, of now
     * or of the last hours.
     */
    public boolean isRelated(SessionData data, SessionRecord stored) {
        Set<String> mine = new HashSet<>(own);
        mine.add(data.refreshJwt());
        all.forEach(one -> mine.add(one.token()));
        return mine.contains(stored.data().refreshJwt())
                || stored.superseded().stream().anyMatch(one -> mine.contains(one.token()));
    }

    /** Whether what the store had last comes from these data by refreshing, and not from signing in anew. */
    public boolean leadHereFrom(SessionData data) {
        return seen.stream().anyMatch(one -> one.token().equals(data.refreshJwt()));
    }

    /** Those that the server may still take, the older ones first. */
    public List<Superseded> alive() {
        Instant now = clock.instant();
        return all.stream().filter(one -> one.at().plus(GRACE).isAfter(now)).toList();
    }

    /** All refresh tokens of the session that the server may still take: that of the data comes last. */
    public List<String> with(SessionData data) {
        List<String> tokens = new ArrayList<>();
        for (Superseded one : alive()) {
            tokens.add(one.token());
        }
        tokens.remove(data.refreshJwt());
        tokens.add(data.refreshJwt());
        return tokens;
    }
}
