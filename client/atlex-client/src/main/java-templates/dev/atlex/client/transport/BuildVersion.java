package dev.atlex.client.transport;

/** The version of this build. The build writes it here. */
final class BuildVersion {
    static final String VERSION = "${project.version}";

    private BuildVersion() {}
}
