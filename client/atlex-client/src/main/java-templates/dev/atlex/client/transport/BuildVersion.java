package dev.atlex.client.transport;

/** The version of this build, which the build fills in. */
final class BuildVersion {
    static final String VERSION = "${project.version}";

    private BuildVersion() {}
}
