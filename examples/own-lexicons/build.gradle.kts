// Not run in CI: no supported version of Gradle can be installed there. CI builds this project with its pom.xml.
// Needs Gradle 8.2 or later. Run `gradle run`.

plugins {
    application
}

repositories {
    mavenCentral()
    mavenLocal() // only for snapshots of Atlex
}

val atlexVersion = "0.1.0-SNAPSHOT"
val atlexCodegen: Configuration by configurations.creating

dependencies {
    implementation(platform("dev.atlex:atlex-bom:$atlexVersion"))
    implementation("dev.atlex:atlex-session")
    implementation("dev.atlex:atlex-lexicons-bluesky")
    implementation("dev.atlex:atlex-testkit") // in your project: testImplementation

    atlexCodegen("dev.atlex:atlex-codegen:$atlexVersion")
}

val generateLexicons by tasks.registering(JavaExec::class) {
    description = "Generates Java from the Lexicon documents."
    val lexicons = layout.projectDirectory.dir("src/main/lexicons")
    // The runtime class path: on the compile class path, the documents of another project may be missing.
    val dependencies = files(configurations.runtimeClasspath)
    // Local variables, so that the block below doesn't capture the script.
    val documents = lexicons.asFile
    val output = layout.buildDirectory.dir("generated/atlex").get().asFile

    inputs.dir(lexicons)
    inputs.files(dependencies)
    outputs.dir(output)
    classpath = atlexCodegen
    mainClass = "dev.atlex.codegen.Main"
    argumentProviders.add(CommandLineArgumentProvider {
        listOf(
            "--lexicons", "$documents",
            "--dependencies", dependencies.asPath,
            "--out", "$output/sources",
            "--resources", "$output/resources",
        )
    })
}

sourceSets.main {
    java.srcDir(generateLexicons.map { layout.buildDirectory.dir("generated/atlex/sources").get() })
    resources.srcDir(generateLexicons.map { layout.buildDirectory.dir("generated/atlex/resources").get() })
}

tasks.withType<JavaCompile>().configureEach {
    options.release = 17
}

application {
    mainClass = "com.example.journal.app.Journal"
}
