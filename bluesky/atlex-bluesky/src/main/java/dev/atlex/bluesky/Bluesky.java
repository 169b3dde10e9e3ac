package dev.atlex.bluesky;

import dev.atlex.bluesky.notification.NotificationOptions;
import dev.atlex.bluesky.notification.Notifications;
import dev.atlex.client.Agent;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.InvalidItems;
import dev.atlex.syntax.Did;
import java.util.function.Consumer;

/**
 * An account on Bluesky, with the operations that its users know: post, reply, like, follow, read a timeline.
 *
 * <p>Instances are immutable and thread-safe.
 */
public final class Bluesky {
    private final Client client;
    private final Did did;

    private Bluesky(Client client, Did did) {
        this.client = client;
        this.did = did;
    }

    /**
     * Returns the account that an agent is signed in to.
     *
     * @param agent a session, or the agent of an account from a pool
     * @throws IllegalArgumentException if the agent is not signed in
     */
    public static Bluesky of(Agent agent) {
        Did did = agent.did();
        if (did == null) {
            throw new IllegalArgumentException("Bluesky.of: the agent is not signed in; pass a session");
        }
        return new Bluesky(new Client(agent, CallOptions.of(o -> o.invalidItems(InvalidItems.SKIP))), did);
    }

    /** Returns the account's DID. */
    public Did did() {
        return did;
    }

    /**
     * Returns the client that this object uses, for all other methods. Invalid elements of arrays are left out of its
     * responses and reported by {@link dev.atlex.client.XrpcResponse}.
     */
    public Client client() {
        return client;
    }

    /**
     * Returns the account's notifications, each of which is handled at least once, across restarts.
     *
     * @throws IllegalArgumentException if an option is invalid
     */
    public Notifications notifications(Consumer<? super NotificationOptions.Builder> options) {
        return Notifications.of(client.agent(), NotificationOptions.of(options));
    }

    @Override
    public String toString() {
        return "Bluesky[" + did + "]";
    }
}
