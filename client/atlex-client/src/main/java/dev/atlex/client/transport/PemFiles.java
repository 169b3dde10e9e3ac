package dev.atlex.client.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys from PEM files. */
final class PemFiles {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([^-]*?)\\s*-----END \\1-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private PemFiles() {}

    /**
     * Reads all certificates in a file, in order.
     *
     * @throws TlsException if there is none, or one is invalid
     */
    static List<Certificate> certificates(Path file) {
        List<Certificate> certificates = new ArrayList<>();
        Matcher block = BLOCK.matcher(read(file));
        while (block.find()) {
            if (block.group(1).equals("CERTIFICATE")) {
                certificates.add(certificate(file, decode(file, block.group(2))));
            }
        }
        if (certificates.isEmpty()) {
            throw new TlsException("tls: " + file + " has no PEM block CERTIFICATE", null);
        }
        return certificates;
    }

    private static Certificate certificate(Path file, byte[] der) {
        try {
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new TlsException("tls: invalid certificate in " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads the private key in a file, which must be unencrypted PKCS #8.
     *
     * @throws TlsException if there is none
     */
    static PrivateKey key(Path file) {
        Matcher block = BLOCK.matcher(read(file));
        String other = "";
        while (block.find()) {
            if (block.group(1).equals("PRIVATE KEY")) {
                return key(file, decode(file, block.group(2)));
            }
            other = block.group(1).endsWith("PRIVATE KEY") ? block.group(1) : other;
        }
        throw new TlsException(
                other.isEmpty()
                        ? "tls: " + file + " has no PEM block PRIVATE KEY"
                        : "tls: the key in " + file + " is of type " + other
                                + "; convert it with: openssl pkcs8 -topk8 -nocrypt",
                null);
    }

    // The decoders' exceptions aren't kept as causes, because they might quote the key.
    private static PrivateKey key(Path file, byte[] der) {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // It may be a key of the next algorithm.
            } catch (GeneralSecurityException e) {
                // This JVM doesn't have the algorithm.
            }
        }
        throw new TlsException("tls: the private key in " + file + " is neither an EC, RSA nor EdDSA key", null);
    }

    private static byte[] decode(Path file, String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new TlsException("tls: a PEM block in " + file + " is not valid Base64", null);
        }
    }

    private static String read(Path file) {
        try {
            // Comments outside the blocks may have any encoding.
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new TlsException(
                    "tls: failed to read " + file + ": " + e.getClass().getSimpleName(), e);
        }
    }
}
