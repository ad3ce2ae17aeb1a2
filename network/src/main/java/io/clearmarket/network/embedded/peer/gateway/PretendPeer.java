package io.clearmarket.network.embedded.peer.gateway;

import io.clearmarket.network.embedded.msp.MspIdentity;
import java.security.cert.X509Certificate;

/**
 * Some peer of an organisation, for asking a policy whether it would be satisfied before anybody has signed.
 *
 * @param number tells it from others of its organisation
 */
record PretendPeer(String mspId, int number) implements MspIdentity {
    @Override
    public X509Certificate certificate() {
        throw new UnsupportedOperationException("a peer that is only pretended has no certificate");
    }

    @Override
    public String id() {
        return mspId + "/" + number;
    }

    @Override
    public boolean isValid() {
        return true;
    }

    @Override
    public boolean hasRole(Role role) {
        return role == Role.PEER;
    }

    @Override
    public boolean expiredAt(long epochSecond) {
        return false;
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        return false;
    }
}
