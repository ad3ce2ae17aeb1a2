package io.clearmarket.network.embedded;

import java.nio.file.Path;
import java.security.cert.X509Certificate;

/**
 * An organisation of a running network, as a client needs it.
 *
 * @param peerAddress {@code host:port} of its gateway, TLS
 * @param tlsCaCertificate what that server's certificate is to be checked against
 * @param tlsCaFile the same in PEM
 * @param mspDirectory its public MSP folder
 */
public record Organization(
        String mspId, String peerAddress, X509Certificate tlsCaCertificate, Path tlsCaFile, Path mspDirectory) {}
