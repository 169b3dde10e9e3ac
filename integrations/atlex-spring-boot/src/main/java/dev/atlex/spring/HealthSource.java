package dev.atlex.spring;

import java.util.Map;

/** A bean that contributes to the health report. */
interface HealthSource {
    /** Adds details without secrets, and returns the state. */
    AtlexHealth.State report(Map<String, Object> details);
}
