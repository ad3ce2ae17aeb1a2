package io.clearmarket.network.fabric;

import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.organization.OrganizationFolder;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.ca.Validity;
import io.clearmarket.wallet.identity.MspFolder;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The organisations of a network with their authorities, and each node's folder: {@code nodes/ID} with {@code msp},
 * {@code tls}, {@code config} and {@code data}. What is missing is made, what is there is kept: an orderer's TLS
 * certificate is in block 0.
 */
final class MemberFolders {
    private static final int NODE_DAYS = 3650;

    private final Path data;
    private final Map<String, OrganizationFolder> organizations = new LinkedHashMap<>();

    private MemberFolders(Path data) {
        this.data = data;
    }

    /** @param hostNames names that the nodes' TLS certificates cover, besides localhost and 127.0.0.1 */
    static MemberFolders open(Path data, NodePlan plan, Map<String, List<String>> hostNames) {
        MemberFolders folders = new MemberFolders(data);
        plan.nodes().map(NodePlan.Node::mspId).distinct().forEach(folders::openOrganization);
        plan.nodes().forEach(node -> folders.openNode(node, hostNames.getOrDefault(node.id(), List.of())));
        return folders;
    }

    private void openOrganization(String mspId) {
        organizations.put(
                mspId, OrganizationFolder.open(data.resolve("organizations").resolve(mspId), mspId));
    }

    private void openNode(NodePlan.Node node, List<String> hostNames) {
        OrganizationFolder organization = organization(node.mspId());
        Path folder = folder(node);
        Path msp = folder.resolve("msp");
        if (!Files.isDirectory(msp.resolve("keystore"))) {
            NodeOu ou = node.mspId().equals(NetworkConfig.ORDERER_MSP) ? NodeOu.ORDERER : NodeOu.PEER;
            SigningIdentity member = organization
                    .ca()
                    .issue(CertificateRequest.of(node.id(), ou).withValidity(Validity.ofDays(NODE_DAYS)));
            MspFolder.write(msp, member, organization.caCertificate(), organization.tlsCaCertificate());
        }
        if (!Files.exists(folder.resolve("tls/server-key.pem"))) {
            issueTls(node, hostNames);
        }
    }

    /**
     * Gives a node another TLS key and certificate.
     *
     * @param hostNames names that it covers, besides localhost and 127.0.0.1
     */
    void issueTls(NodePlan.Node node, List<String> hostNames) {
        OrganizationFolder organization = organization(node.mspId());
        Path tls = folder(node).resolve("tls");
        KeyPair pair = P256.generate();
        List<String> names = new ArrayList<>(hostNames);
        names.add("localhost");
        X509Certificate certificate = organization
                .tlsCa()
                .issueTls(pair.getPublic(), node.id(), names, List.of("127.0.0.1"), Validity.ofDays(NODE_DAYS));
        PrivateFiles.write(tls.resolve("ca-cert.pem"), Pem.encode(organization.tlsCaCertificate()));
        PrivateFiles.write(tls.resolve("server-cert.pem"), Pem.encode(certificate));
        PrivateFiles.write(tls.resolve("server-key.pem"), Pem.encode(pair.getPrivate()));
    }

    OrganizationFolder organization(String mspId) {
        return Objects.requireNonNull(organizations.get(mspId), () -> "no organisation " + mspId);
    }

    Path folder(NodePlan.Node node) {
        return data.resolve("nodes").resolve(node.id());
    }

    X509Certificate tlsCertificate(NodePlan.Node node) {
        return Pem.certificate(PrivateFiles.readText(folder(node).resolve("tls/server-cert.pem")));
    }

    /** The organisation's administrator. */
    SigningIdentity administrator(String mspId) {
        return organization(mspId).user("admin", NodeOu.ADMIN, Map.of());
    }

    /** A certificate by which the orderers' administration takes its caller for theirs. */
    SigningIdentity ordererAdministration() {
        return organization(NetworkConfig.ORDERER_MSP).tlsCa().issueTls("administration", List.of(), List.of());
    }
}
