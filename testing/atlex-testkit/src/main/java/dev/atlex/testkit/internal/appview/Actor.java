package dev.atlex.testkit.internal.appview;

/** An account as the AppView sees it. */
public interface Actor {
    String did();

    String handle();

    /** Returns whether operators have removed the account. */
    boolean removed();

    /** Returns whether the account is neither removed nor deactivated. */
    boolean active();
}
