package dev.atlex.spring.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Publishes the client's metadata and public keys. In development, nothing is published. */
@Controller
final class ClientMetadataController {
    private final ClientSettings settings;

    ClientMetadataController(ClientSettings settings) {
        this.settings = settings;
    }

    @GetMapping("${atlex.oauth.metadata-path:" + AtlexOAuthProperties.METADATA + "}")
    ResponseEntity<byte[]> metadata() {
        return settings.metadata().isLoopback()
                ? notFound()
                : json(settings.metadata().toJson());
    }

    @GetMapping("${atlex.oauth.jwks-path:" + AtlexOAuthProperties.JWKS + "}")
    ResponseEntity<byte[]> jwks() {
        return settings.keys() == null
                ? notFound()
                : json(settings.keys().jwks().toJson());
    }

    private static ResponseEntity<byte[]> json(String json) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json.getBytes(UTF_8));
    }

    private static ResponseEntity<byte[]> notFound() {
        return ResponseEntity.notFound().build();
    }
}
