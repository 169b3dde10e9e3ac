package dev.atlex.testkit.internal.appview;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** All accounts of the network. */
public interface Actors {
    /** Returns the account with this handle or DID, regardless of its status. */
    @Nullable
    Actor find(String handleOrDid);

    /** Returns all accounts in the order of their creation. */
    Collection<? extends Actor> all();
}
