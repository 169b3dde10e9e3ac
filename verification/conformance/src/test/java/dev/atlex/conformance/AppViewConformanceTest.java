package dev.atlex.conformance;

import org.junit.jupiter.api.Tag;

/** The scenarios on the real AppView. */
@Tag("appview")
class AppViewConformanceTest extends BlueskyConformance {
    @Override
    BlueskyServer server() {
        return AppViewNetwork.shared();
    }
}
