package dev.atlex.session.internal.persist;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The refresh tokens of a session that were exchanged for newer ones. They are kept for as long as the server may still
 * accept them. Any of them can revive a deleted session, so they have to be deleted with it.
 *
 * @param all the known tokens, oldest first
 * @param own the tokens that this session object exchanged itself
 * @param seen the tokens that the store's entry had when it was last read
 */
public record RotatedTokens(List<Rotated> all, Set<String> own, List<Rotated> seen) {
    /** An instance without tokens. */
    public static final RotatedTokens NONE = loaded(List.of());

    /**
     * The time for which a token is kept. The reference server accepts a rotated refresh token for two hours, and its
     * clock may differ.
     */
    private static final Duration GRACE = Duration.ofHours(3);

    /** The maximum number of tokens, which limits the size of the entry if a program refreshes constantly. */
    private static final int MAX = 100;

    /**
     * A refresh token that was exchanged for another.
     *
     * @param token a secret
     * @param at the time at which it was exchanged
     */
    public record Rotated(String token, Instant at) {
        /** Returns a description without tokens. */
        @Override
        public String toString() {
            return "Rotated[" + at + "]";
        }
    }

    /** Copies the collections. */
    public RotatedTokens {
        all = List.copyOf(all);
        own = Set.copyOf(own);
        seen = List.copyOf(seen);
    }

    /** Returns the tokens of a session that was just loaded from a store's entry. */
    public static RotatedTokens loaded(List<Rotated> stored) {
        return new RotatedTokens(stored, Set.of(), List.of());
    }

    /** Records the tokens that the store's entry has now. */
    RotatedTokens saw(List<Rotated> stored) {
        return new RotatedTokens(all, own, stored);
    }

    /** Adds the tokens that were seen, because the entry belongs to this session. */
    RotatedTokens merged(Instant now) {
        return new RotatedTokens(union(seen, now), own, seen);
    }

    /** Adds the tokens that were seen, and one that another process exchanged. */
    RotatedTokens merged(String rotatedElsewhere, Instant now) {
        List<Rotated> more = new ArrayList<>(seen);
        more.add(new Rotated(rotatedElsewhere, now));
        return new RotatedTokens(union(more, now), own, seen);
    }

    /** Returns the other tokens and the known ones, without duplicates, because another process may not know ours. */
    private List<Rotated> union(List<Rotated> others, Instant now) {
        Map<String, Rotated> tokens = new LinkedHashMap<>();
        others.forEach(one -> tokens.put(one.token(), one));
        alive(now).forEach(one -> tokens.putIfAbsent(one.token(), one));
        return newest(List.copyOf(tokens.values()));
    }

    private static List<Rotated> newest(List<Rotated> list) {
        return list.subList(Math.max(0, list.size() - MAX), list.size());
    }

    /** Adds a token that this session object has just exchanged. */
    public RotatedTokens rotated(String token, Instant now) {
        List<Rotated> list = new ArrayList<>(alive(now));
        list.add(new Rotated(token, now));
        List<Rotated> kept = newest(list);
        Set<String> mine = new HashSet<>(own);
        mine.retainAll(kept.stream().map(Rotated::token).toList());
        mine.add(token);
        return new RotatedTokens(kept, mine, seen);
    }

    /** Returns whether this session object exchanged the token itself. */
    boolean isOwn(String token) {
        return own.contains(token);
    }

    /**
     * Returns whether a stored session and this one are the same, which means that they share a current or recent
     * refresh token.
     *
     * @param current this session's refresh token
     * @param theirs the stored session's refresh token
     * @param theirRotated the stored session's recent refresh tokens
     */
    boolean isRelated(String current, String theirs, List<Rotated> theirRotated) {
        Set<String> mine = new HashSet<>(own);
        mine.add(current);
        all.forEach(one -> mine.add(one.token()));
        return mine.contains(theirs) || theirRotated.stream().anyMatch(one -> mine.contains(one.token()));
    }

    /** Returns whether the entry that was last read descends from this token by refreshing, not by another sign-in. */
    public boolean descendFrom(String token) {
        return seen.stream().anyMatch(one -> one.token().equals(token));
    }

    /** Returns the tokens that the server may still accept, oldest first. */
    public List<Rotated> alive(Instant now) {
        return all.stream().filter(one -> one.at().plus(GRACE).isAfter(now)).toList();
    }

    /** Returns all refresh tokens of the session that the server may still accept; the current one comes last. */
    public List<String> with(String current, Instant now) {
        List<String> tokens = new ArrayList<>();
        for (Rotated one : alive(now)) {
            tokens.add(one.token());
        }
        tokens.remove(current);
        tokens.add(current);
        return tokens;
    }

    /** Returns a description without tokens. */
    @Override
    public String toString() {
        return "RotatedTokens[" + all.size() + "]";
    }
}
