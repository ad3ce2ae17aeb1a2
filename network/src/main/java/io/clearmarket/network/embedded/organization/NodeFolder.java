package io.clearmarket.network.embedded.organization;

import io.clearmarket.network.embedded.msp.SigningIdentity;
import java.nio.file.Path;

/**
 * One node's folder, {@code nodes/NAME}: {@code msp} and {@code tls}.
 *
 * @param identity what the node signs with
 * @param serverCertificateFile of its TLS server, PEM
 * @param serverKeyFile of that certificate
 */
public record NodeFolder(SigningIdentity identity, Path serverCertificateFile, Path serverKeyFile) {}
