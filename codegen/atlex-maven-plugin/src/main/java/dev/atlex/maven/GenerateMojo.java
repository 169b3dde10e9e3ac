package dev.atlex.maven;

import dev.atlex.codegen.CodeGenerator;
import dev.atlex.codegen.CodegenOptions;
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
 * Generates Java sources from the project's Lexicon documents.
 *
 * <p>Documents whose types come from a dependency can be referenced and aren't generated again. Such dependencies are
 * atlex-lexicons-atproto, atlex-lexicons-bluesky, and jars built with this plugin. The documents are packaged into the
 * project's jar, so that other projects can reference them. The goal does nothing if the documents, the options and the
 * dependencies are unchanged.
 */
@Mojo(
        name = "generate",
        defaultPhase = LifecyclePhase.GENERATE_SOURCES,
        requiresDependencyResolution = ResolutionScope.COMPILE,
        threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the required parameters.
public final class GenerateMojo extends AbstractMojo {
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    /** The folder with the documents, including its subfolders. */
    @Parameter(property = "atlex.lexicons", defaultValue = "${project.basedir}/src/main/lexicons", required = true)
    File lexicons;

    /**
     * A folder with prose for documents that lack descriptions, in files such as <code>com/example/note.json</code>. By
     * default, there is none.
     */
    @Parameter(property = "atlex.prose")
    @Nullable
    File prose;

    /** A file that lists deprecated items. By default, there is none. */
    @Parameter(property = "atlex.deprecations")
    @Nullable
    File deprecations;

    /** The folder to write sources to. Sources of deleted documents are removed. */
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

    /** A prefix for all packages, such as <code>com.example.lexicons</code>. By default, there is none. */
    @Parameter(property = "atlex.packagePrefix")
    @Nullable
    String packagePrefix;

    /**
     * The documents to generate: NSIDs, or prefixes such as <code>com.example.*</code>. By default, all are generated.
     * Other documents can still be referenced; their classes must be on the class path with the same package prefix.
     */
    @Parameter(property = "atlex.includes")
    @Nullable
    List<String> includes;

    /**
     * The documents to exclude, in the same notation or by file name, such as <code>broken.json</code>. They may be
     * invalid. By default, none are excluded.
     */
    @Parameter(property = "atlex.excludes")
    @Nullable
    List<String> excludes;

    /**
     * Continue despite errors. Invalid documents are left out, and an unresolved reference accepts any value. Each
     * problem is logged as a warning.
     */
    @Parameter(property = "atlex.ignoreErrors", defaultValue = "false")
    boolean ignoreErrors;

    /**
     * The module name of a <code>module-info.java</code> to generate, for a project whose other sources have none. By
     * default, none is generated.
     */
    @Parameter(property = "atlex.module")
    @Nullable
    String module;

    /** Additional modules to require. The modules of dependencies in use are added automatically. */
    @Parameter
    @Nullable
    List<String> requires;

    /** Skip the goal. */
    @Parameter(property = "atlex.skip", defaultValue = "false")
    boolean skip;

    @Override
    public void execute() throws MojoFailureException {
        if (skip) {
            getLog().info("Skipping atlex:generate");
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

    private CodegenOptions options() {
        // Don't use the class path, because its first element is the project's own class folder, with the classes of
        // the last build.
        List<Path> dependencies = project.getArtifacts().stream()
                .map(Artifact::getFile)
                .filter(Objects::nonNull)
                .map(File::toPath)
                .toList();
        return CodegenOptions.of(o -> {
            o.lexicons(lexicons.toPath())
                    .output(output.toPath())
                    .resources(resources.toPath())
                    .dependencies(dependencies)
                    .packagePrefix(packagePrefix)
                    .include(orEmpty(includes))
                    .exclude(orEmpty(excludes))
                    .ignoreErrors(ignoreErrors)
                    .module(module)
                    .requires(orEmpty(requires));
            if (prose != null) {
                o.prose(prose.toPath());
            }
            if (deprecations != null) {
                o.deprecations(deprecations.toPath());
            }
        });
    }

    private static List<String> orEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }

    private void report(CodeGenerator.Result result) {
        result.problems().forEach(problem -> getLog().warn(problem.toString()));
        if (result.upToDate()) {
            getLog().info("The sources of " + result.documents() + " lexicons are up to date");
        } else {
            getLog().info("Generated " + result.types() + " classes from " + result.documents() + " lexicons, "
                    + result.written() + " files changed");
        }
        if (result.documentsFromDependencies() > 0) {
            getLog().info("Skipped " + result.documentsFromDependencies()
                    + " lexicons whose types are in dependencies");
        }
    }
}
