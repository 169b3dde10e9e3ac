package dev.atlex.maven;

import dev.atlex.codegen.CodeGenerator;
import dev.atlex.codegen.Options;
import dev.atlex.data.LexException;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Makes Java sources of the project's own Lexicon documents.
 *
 * <p>Documents that a dependency brings along with their types (atlex-lexicons-atproto, atlex-lexicons-bluesky, or a jar that was made
 * with this plugin) can be referred to, and are not generated again. The documents go into the project's jar, so that
 * others can refer to them too. Nothing is done if neither the documents nor the options nor the dependencies changed.
 */
@Mojo(
        name = "generate",
        defaultPhase = LifecyclePhase.GENERATE_SOURCES,
        requiresDependencyResolution = ResolutionScope.COMPILE,
        threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets what is required.
public final class GenerateMojo extends AbstractMojo {
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    /** The folder of the documents, read with its subfolders. */
    @Parameter(property = "atlex.lexicons", defaultValue = "${project.basedir}/src/main/lexicons", required = true)
    File lexicons;

    /** The folder of the sources. Sources of deleted documents are removed. */
    @Parameter(
            property = "atlex.output",
            defaultValue = "${project.build.directory}/generated-sources/atlex",
            required = true)
    File output;

    /** The folder from which the documents and their index are packaged into the jar. */
    @Parameter(
            property = "atlex.resources",
            defaultValue = "${project.build.directory}/generated-resources/atlex",
            required = true)
    File resources;

    /** Prefix of all packages: <code>com.example.lexicons</code>. By default none. */
    @Parameter(property = "atlex.packagePrefix")
    @Nullable
    String packagePrefix;

    /**
     * The documents that become Java: NSIDs, or prefixes such as <code>com.example.*</code>. By default all. Others may be
     * referred to; their classes must be on the class path, under the same package prefix.
     */
    @Parameter(property = "atlex.includes")
    @Nullable
    List<String> includes;

    /**
     * The included documents to exclude, with the same notation. They may be invalid. Files can be named too:
     * <code>broken.json</code>. By default none.
     */
    @Parameter(property = "atlex.excludes")
    @Nullable
    List<String> excludes;

    /**
     * Build what can be built despite errors. Invalid documents are left out, and a missing reference may be any value. Each
     * problem is logged as a warning.
     */
    @Parameter(property = "atlex.ignoreErrors", defaultValue = "false")
    boolean ignoreErrors;

    /**
     * The name of a <code>module-info.java</code> to generate, for a project whose other sources have none. By default
     * none.
     */
    @Parameter(property = "atlex.module")
    @Nullable
    String module;

    /** Further modules that the generated one requires. Those of the dependencies' types are added automatically. */
    @Parameter
    @Nullable
    List<String> requires;

    /** Skip the goal. */
    @Parameter(property = "atlex.skip", defaultValue = "false")
    boolean skip;

    @Override
    public void execute() throws MojoFailureException {
        if (skip) {
            getLog().info("atlex:generate is skipped");
            return;
        }
        try {
            report(new CodeGenerator(options()).generate());
        } catch (LexException | IllegalArgumentException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
        project.addCompileSourceRoot(output.getPath());
        Resource documents = new Resource();
        documents.setDirectory(resources.getPath());
        project.addResource(documents);
    }

    private Options options() {
        // Not the elements of the class path, whose first is the folder of the project's own classes of the last build.
        List<Path> dependencies = project.getArtifacts().stream()
                .map(Artifact::getFile)
                .filter(Objects::nonNull)
                .map(File::toPath)
                .toList();
        return Options.of(o -> o.lexicons(lexicons.toPath())
                .output(output.toPath())
                .resources(resources.toPath())
                .dependencies(dependencies)
                .packagePrefix(packagePrefix)
                .include(orNone(includes))
                .exclude(orNone(excludes))
                .ignoreErrors(ignoreErrors)
                .module(module)
                .requires(orNone(requires)));
    }

    private static List<String> orNone(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }

    private void report(CodeGenerator.Result result) {
        result.problems().forEach(problem -> getLog().warn(problem.toString()));
        if (result.upToDate()) {
            getLog().info("The sources of " + result.documents() + " lexicons are up to date");
        } else {
            getLog().info("Generated " + result.types() + " classes of " + result.documents() + " lexicons, "
                    + result.written() + " files changed");
        }
        if (result.referred() > 0) {
            getLog().info(result.referred() + " lexicons are not generated: their types are in dependencies");
        }
    }
}
