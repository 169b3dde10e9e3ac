package dev.atlex.session.pool;

import java.util.List;

/** The result of {@link AccountPool#maintain}. */
public final class MaintenanceReport {
    private final int pendingLogouts;
    private final int refreshed;
    private final List<AccountResult> notRefreshed;
    private final int unsaved;

    MaintenanceReport(int pendingLogouts, int refreshed, List<AccountResult> notRefreshed, int unsaved) {
        this.pendingLogouts = pendingLogouts;
        this.refreshed = refreshed;
        this.notRefreshed = List.copyOf(notRefreshed);
        this.unsaved = unsaved;
    }

    /** Returns the number of accounts with logouts that their servers haven't confirmed. */
    public int pendingLogouts() {
        return pendingLogouts;
    }

    /** Returns the number of sessions that were refreshed because their refresh tokens were about to expire. */
    public int refreshed() {
        return refreshed;
    }

    /** Returns the sessions that should have been refreshed but weren't, with their failures. */
    public List<AccountResult> notRefreshed() {
        return notRefreshed;
    }

    /** Returns the number of open sessions whose newest tokens couldn't be saved. */
    public int unsaved() {
        return unsaved;
    }

    @Override
    public String toString() {
        return "MaintenanceReport[pendingLogouts=" + pendingLogouts + ", refreshed=" + refreshed + ", notRefreshed="
                + notRefreshed + ", unsaved=" + unsaved + "]";
    }
}
