package dev.atlex.session;

import java.util.List;

/**
 * What {@link AccountPool#maintain} did.
 *
 * @param logoutsLeft how many accounts have logouts that their servers don't know of yet
 * @param renewed how many sessions were renewed because their refresh tokens neared their end
 * @param notRenewed those that should have been, and why they were not
 * @param unsaved how many open sessions the store does not have the newest tokens of
 */
public record MaintenanceReport(int logoutsLeft, int renewed, List<AccountResult> notRenewed, int unsaved) {
    /** Copies the list. */
    public MaintenanceReport {
        notRenewed = List.copyOf(notRenewed);
    }
}
