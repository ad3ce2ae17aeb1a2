package io.clearmarket.network.fabric.node;

/**
 * An orderer's {@code orderer.yaml}. It begins with no channel; it is told to join one.
 *
 * @param mspId its organisation
 * @param listen host to listen on: an address, or {@code 0.0.0.0} in a container
 * @param port for peers, gateways and the other orderers
 * @param adminAddress {@code host:port} of the channel participation API, mutual TLS
 * @param operationsAddress {@code host:port} of health and metrics
 * @param folder where its {@code msp}, {@code tls} and {@code data} are, as the orderer sees it
 */
public record OrdererConfiguration(
        String mspId, String listen, int port, String adminAddress, String operationsAddress, String folder) {

    /** The file's text. */
    public String yaml() {
        return TEXT.replace("${msp}", mspId)
                .replace("${listen}", listen)
                .replace("${port}", Integer.toString(port))
                .replace("${admin}", adminAddress)
                .replace("${operations}", operationsAddress)
                .replace("${folder}", folder);
    }

    private static final String TEXT = """
            General:
              ListenAddress: ${listen}
              ListenPort: ${port}
              LocalMSPID: ${msp}
              LocalMSPDir: ${folder}/msp
              BootstrapMethod: none
              TLS:
                Enabled: true
                Certificate: ${folder}/tls/server-cert.pem
                PrivateKey: ${folder}/tls/server-key.pem
                RootCAs: ["${folder}/tls/ca-cert.pem"]
                ClientAuthRequired: false
              Keepalive: {ServerMinInterval: 10s, ServerInterval: 7200s, ServerTimeout: 20s}
              Cluster:
                ClientCertificate: ${folder}/tls/server-cert.pem
                ClientPrivateKey: ${folder}/tls/server-key.pem
              BCCSP:
                Default: SW
                SW: {Hash: SHA2, Security: 256}
            FileLedger: {Location: "${folder}/data"}
            Consensus:
              WALDir: ${folder}/data/etcdraft/wal
              SnapDir: ${folder}/data/etcdraft/snapshot
              EvictionSuspicion: 10s
            ChannelParticipation: {Enabled: true, MaxRequestBodySize: 1 MB}
            Admin:
              ListenAddress: ${admin}
              TLS:
                Enabled: true
                Certificate: ${folder}/tls/server-cert.pem
                PrivateKey: ${folder}/tls/server-key.pem
                RootCAs: ["${folder}/tls/ca-cert.pem"]
                ClientAuthRequired: true
                ClientRootCAs: ["${folder}/tls/ca-cert.pem"]
            Operations: {ListenAddress: "${operations}", TLS: {Enabled: false}}
            Metrics: {Provider: prometheus}
            """;
}
