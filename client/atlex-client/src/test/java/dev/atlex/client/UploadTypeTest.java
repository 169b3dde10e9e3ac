package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.atproto.repo.UploadBlob;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.LexMap;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.runtime.RuntimeSchemas;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The media type of an upload. */
class UploadTypeTest {
    private static final String UPLOADED = """
            {"blob":{"$type":"blob","ref":{"$link":"bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4"},\
            "mimeType":"image/png","size":3}}""";

    private final FakeAgent agent = FakeAgent.alice();
    private final Client client = new Client(agent);

    private String sentAs(RequestBody body) {
        agent.json(UPLOADED);
        client.uploadBlob(body);
        return String.valueOf(agent.last().headers().first("content-type"));
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** In the first column, ~ represents NUL. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "\u0089PNG\\r\\n\u001a\\n~~|image/png",
                "\u00ff\u00d8\u00ff\u00e0|image/jpeg",
                "GIF89a|image/gif",
                "RIFF~~~~WEBPVP8 |image/webp",
                "RIFF~~~~WAVEfmt |audio/wav",
                "~~~ ftypavif~~~~avifmif1|image/avif",
                "~~~ ftypmif1~~~~avifmiaf|image/avif",
                "~~~ ftypheic~~~~mif1|image/heic",
                "~~~ ftypisom~~~~mp42|video/mp4",
                "~~~ ftypqt  ~~~~|video/quicktime",
                "~~~ ftypM4A ~~~~|audio/mp4",
                "\u001aE\u00df\u00a3~~B\u0082webm|video/webm",
                "%PDF-1.7|application/pdf",
                "ID3\u0004|audio/mpeg",
                "\u00ff\u00fb\u0090d|audio/mpeg",
                "OggS|audio/ogg",
                "WEBVTT - x|text/vtt; charset=utf-8",
                "<svg xmlns='http://www.w3.org/2000/svg'/>|image/svg+xml",
                "\u00ef\u00bb\u00bf <?xml version='1.0'?><!-- x --><SVG/>|image/svg+xml",
                "<!DOCTYPE html><html>|text/html; charset=utf-8",
                "{\"a\":[1.5]}|application/json",
                "[]|application/json",
                "{ not json|application/octet-stream",
                "plain text|application/octet-stream",
                "~~~~|application/octet-stream",
            })
    void typeIsGuessedFromTheContent(String content, String type) {
        byte[] body = bytes(content.replace('~', '\0').replace("\\r", "\r").replace("\\n", "\n"));
        assertThat(sentAs(RequestBody.of(body))).isEqualTo(type);
        assertThat(sentAs(RequestBody.ofStream(new ByteArrayInputStream(body)))).isEqualTo(type);
        assertThat(agent.sent()).isEqualTo(new String(body, StandardCharsets.UTF_8));
    }

    @Test
    void emptyBodyIsOctetStream() {
        assertThat(sentAs(RequestBody.of(new byte[0]))).isEqualTo("application/octet-stream");
    }

    @ParameterizedTest
    @CsvSource({
        "a.svg,image/svg+xml",
        "A.JPG,image/jpeg",
        "x.y.mp3,audio/mpeg",
        "data.car,application/vnd.ipld.car",
        "notes.txt,text/plain; charset=utf-8",
        "README,application/octet-stream",
        "png,application/octet-stream",
        "x.unknown,application/octet-stream",
        "dot.,application/octet-stream",
    })
    void typeIsOtherwiseGuessedFromTheFileName(String name, String type, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "unknown content");
        assertThat(sentAs(RequestBody.ofFile(file))).isEqualTo(type);
    }

    @Test
    void contentTakesPrecedenceOverTheFileName(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("a.txt"), bytes("\u00ff\u00d8\u00ff\u00e0"));
        assertThat(sentAs(RequestBody.ofFile(file))).isEqualTo("image/jpeg");
    }

    @Test
    void longStreamArrivesComplete() throws IOException {
        byte[] body = new byte[100_000];
        body[0] = 'x';
        assertThat(sentAs(RequestBody.ofStream(new ByteArrayInputStream(body)))).isEqualTo("application/octet-stream");
        RequestBody sent = agent.last().body();
        assertThat(sent).isNotNull();
        assertThat(sent.open().readAllBytes()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/*", "*/*", "IMAGE/*; q=1", "*/png"})
    void rangesAreRefusedBeforeAnythingIsSent(String range) {
        assertThatExceptionOfType(XrpcRequestException.class)
                .isThrownBy(() -> client.uploadBlob(RequestBody.of("x"), range))
                .withMessageContainingAll("com.atproto.repo.uploadBlob", "encoding \"" + range + "\"", "a range");
        assertThat(agent.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image",
                "image/",
                "/png",
                "",
                " ",
                "a b/c",
                "image/png/x",
                "image /png",
                "image/png;x",
                "image/png\r\nX: y",
                "image/png; a=\"b",
                "image/ png",
                "image/pn\u0000g",
                "bild/jpég"
            })
    void invalidMediaTypeIsNamed(String type) {
        assertThatExceptionOfType(XrpcRequestException.class)
                .isThrownBy(() -> client.uploadBlob(RequestBody.of("x"), type))
                .withMessageContaining("expected a media type such as image/png");
        assertThat(agent.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/png",
                "image/svg+xml",
                "application/vnd.ipld.car; version=1",
                "text/plain;charset=\"utf-8\"",
                "a/b;"
            })
    void mediaTypesAreSentAsGiven(String type) {
        agent.json(UPLOADED);
        client.uploadBlob(RequestBody.of("x"), type);
        assertThat(agent.last().headers().first("content-type")).isEqualTo(type);
    }

    @Test
    void longInvalidTypeIsCheckedInLinearTime() {
        String nonsense = "a/b" + ";a=\"b\"".repeat(20_000) + ";\u0001";
        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThatExceptionOfType(XrpcRequestException.class)
                        .isThrownBy(() -> client.uploadBlob(RequestBody.of("x"), nonsense)));
    }

    @Test
    void untypedUploadsGuessTheTypeToo() {
        DynamicClient methods = new DynamicClient(client, RuntimeSchemas.of(LexiconDocuments.of(List.of())));
        agent.json("{}");
        methods.binaryUnchecked("com.example.put", LexMap.of(), RequestBody.of("GIF89a"), CallOptions.DEFAULTS);
        assertThat(agent.last().headers().first("content-type")).isEqualTo("image/gif");
        assertThatExceptionOfType(XrpcRequestException.class)
                .isThrownBy(() -> methods.binaryUnchecked(
                        "com.example.put",
                        LexMap.of(),
                        RequestBody.of("x"),
                        CallOptions.of(o -> o.encoding("image/*"))));
    }

    @Test
    void missingFileIsATransportException(@TempDir Path folder) {
        assertThatExceptionOfType(XrpcTransportException.class)
                .isThrownBy(() -> client.call(
                        UploadBlob.PROCEDURE, RequestBody.ofFile(folder.resolve("nowhere")), CallOptions.DEFAULTS))
                .withMessageContaining("nowhere")
                .matches(e -> !e.requestMayHaveBeenProcessed());
    }
}
