/**
 * Keys on the curve P-256, with their signatures (ES256), JSON Web Signatures, JSON Web Keys and thumbprints. The Java
 * runtime computes the signatures; this package provides the formats around them, but only those that the AT Protocol's
 * OAuth profile uses.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515">RFC 7515: JSON Web Signature</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517">RFC 7517: JSON Web Key</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518">RFC 7518: JSON Web Algorithms</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7638">RFC 7638: JSON Web Key Thumbprint</a>
 */
@NullMarked
package dev.atlex.crypto;

import org.jspecify.annotations.NullMarked;
