package io.clearmarket.network.conformance;

import io.clearmarket.wallet.ca.DevelopmentCa;
import java.security.cert.X509Certificate;

/**
 * A running network as the suite sees it: doors, authorities, and the switches that its statements need. What a network
 * cannot do it leaves out of {@link NetworkProvider#capabilities}; the methods that need it are then never called.
 */
public interface NetworkUnderTest extends AutoCloseable {
    /**
     * An organisation with a peer.
     *
     * @param peerAddress {@code host:port} of its peer's gateway, TLS; also the address that error details name
     * @param tlsCa what that server's certificate is checked against
     * @param ca issues its members' certificates, so the suite can make good, expired and wrong ones
     */
    record Organization(String mspId, String peerAddress, X509Certificate tlsCa, DevelopmentCa ca) {}

    /** What the table says was tested, such as {@code Fabric 3.1.5}. */
    String version();

    /** @param mspId {@link NetworkPlan#MARKET} or {@link NetworkPlan#AUDIT} */
    Organization organization(String mspId);

    /** The ordering organisation's authority. */
    DevelopmentCa ordererCa();

    /** {@code host:port} of an orderer, as error details name it. */
    String ordererAddress();

    /** What an organisation's server of this chaincode registers as: {@code label:hash}. */
    String packageId(String chaincode, String mspId);

    /** Commits the next sequence of a definition that is there already; returns when both peers have it. */
    default void redeploy(ChaincodeUnderTest chaincode) throws Exception {
        throw new UnsupportedOperationException("upgrade of " + chaincode.name());
    }

    /** Ends an organisation's peer; its address refuses connections afterwards. */
    default void stopPeer(String mspId) throws Exception {
        throw new UnsupportedOperationException("stop of the peer of " + mspId);
    }

    /** Starts it again on the same address and ledger; returns when it serves, and both peers know of each other. */
    default void startPeer(String mspId) throws Exception {
        throw new UnsupportedOperationException("start of the peer of " + mspId);
    }

    /** Ends every orderer. */
    default void stopOrderer() throws Exception {
        throw new UnsupportedOperationException("stop of the orderer");
    }

    /** Ends so many of the orderers, the last ones first. */
    default void stopOrderers(int number) throws Exception {
        throw new UnsupportedOperationException("stop of " + number + " orderers");
    }

    /** Starts them again; returns when transactions are ordered. */
    default void startOrderer() throws Exception {
        throw new UnsupportedOperationException("start of the orderer");
    }

    /** Puts the certificate on its organisation's revocation list in the channel's configuration. */
    default void revoke(String mspId, X509Certificate certificate) throws Exception {
        throw new UnsupportedOperationException("revocation in " + mspId);
    }

    @Override
    void close();
}
