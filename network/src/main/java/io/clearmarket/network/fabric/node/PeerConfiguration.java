package io.clearmarket.network.fabric.node;

import java.time.Duration;
import java.util.List;

/**
 * A peer's {@code core.yaml}, with everything in it that the peer does not run without, and what differs from its
 * defaults.
 *
 * @param name such as {@code peer0}
 * @param mspId its organisation
 * @param listen host to listen on: an address, or {@code 0.0.0.0} in a container
 * @param address {@code host:port} under which other nodes reach it; its port is the one it listens on
 * @param chaincodeAddress {@code host:port} where chaincode that dials the peer would reach it
 * @param operationsAddress {@code host:port} of health and metrics
 * @param bootstrap {@code host:port} of its own organisation's peers that it greets first
 * @param folder where its {@code msp}, {@code tls}, {@code data} and {@code builder} are, as the peer sees it
 * @param executeTimeout how long a chaincode may take
 * @param timeWindow whether it has Fabric 3's check of the client's clock; a peer of 2.5 ends at a handler that it does not know
 */
public record PeerConfiguration(
        String name,
        String mspId,
        String listen,
        String address,
        String chaincodeAddress,
        String operationsAddress,
        List<String> bootstrap,
        String folder,
        Duration executeTimeout,
        boolean timeWindow) {

    public PeerConfiguration {
        bootstrap = List.copyOf(bootstrap);
    }

    /** The file's text. */
    public String yaml() {
        String port = address.substring(address.lastIndexOf(':') + 1);
        return NODE.replace("${name}", name + "." + mspId)
                        .replace("${msp}", mspId)
                        .replace("${listen}", listen + ":" + port)
                        .replace("${address}", address)
                        .replace("${chaincode}", chaincodeAddress)
                        .replace("${bootstrap}", String.join(" ", bootstrap))
                        .replace("${folder}", folder)
                        .replace("${filters}", timeWindow ? FILTERS + ", {name: TimeWindowCheck}" : FILTERS)
                + REST.replace("${operations}", operationsAddress)
                        .replace("${folder}", folder)
                        .replace("${execute}", executeTimeout.toMillis() + "ms");
    }

    private static final String FILTERS = "{name: DefaultAuth}, {name: ExpirationCheck}";

    // organisations find each other through anchor peers; the stock 25 s until the next try is a long start
    private static final String NODE = """
            peer:
              id: ${name}
              networkId: clearmarket
              listenAddress: ${listen}
              address: ${address}
              chaincodeListenAddress: ${chaincode}
              chaincodeAddress: ${chaincode}
              localMspId: ${msp}
              localMspType: bccsp
              mspConfigPath: ${folder}/msp
              fileSystemPath: ${folder}/data
              maxRecvMsgSize: 104857600
              maxSendMsgSize: 104857600
              tls:
                enabled: true
                cert: {file: ${folder}/tls/server-cert.pem}
                key: {file: ${folder}/tls/server-key.pem}
                rootcert: {file: ${folder}/tls/ca-cert.pem}
              BCCSP:
                Default: SW
                SW: {Hash: SHA2, Security: 256}
              gateway: {enabled: true, endorsementTimeout: 30s, broadcastTimeout: 30s, dialTimeout: 2m}
              discovery: {enabled: true, authCacheEnabled: true, authCacheMaxSize: 1000, authCachePurgeRetentionRatio: 0.75}
              authentication: {timewindow: 15m}
              handlers:
                authFilters: [${filters}]
                decorators: [{name: DefaultDecorator}]
                endorsers: {escc: {name: DefaultEndorsement}}
                validators: {vscc: {name: DefaultValidation}}
              deliveryclient: {reconnectTotalTimeThreshold: 3600s, connTimeout: 3s, reConnectBackoffThreshold: 10s}
              keepalive: {minInterval: 10s, interval: 7200s, timeout: 20s}
              limits: {concurrency: {endorserService: 2500, deliverService: 2500, gatewayService: 500}}
              gossip:
                bootstrap: ${bootstrap}
                endpoint: ${address}
                externalEndpoint: ${address}
                orgLeader: true
                useLeaderElection: false
                reconnectInterval: 1s
                publishStateInfoInterval: 1s
                requestStateInfoInterval: 1s
                state: {enabled: false}
                pvtData:
                  pullRetryThreshold: 10s
                  pushAckTimeout: 3s
                  transientstoreMaxBlockRetention: 20000
                  btlPullMargin: 10
                  reconcileBatchSize: 10
                  reconcileSleepInterval: 5s
                  reconciliationEnabled: true
                  implicitCollectionDisseminationPolicy: {requiredPeerCount: 0, maxPeerCount: 1}
            """;

    // no vm.endpoint: the peer must not look for Docker
    private static final String REST = """
            vm: {endpoint: ""}
            chaincode:
              mode: net
              keepalive: 0
              installTimeout: 300s
              startuptimeout: 60s
              executetimeout: ${execute}
              system: {_lifecycle: enable, cscc: enable, lscc: enable, qscc: enable}
              logging: {level: info, shim: warning}
              externalBuilders: [{name: service, path: "${folder}/builder"}]
            ledger:
              state: {stateDatabase: goleveldb, totalQueryLimit: 100000}
              history: {enableHistoryDatabase: true}
              pvtdataStore: {collElgProcMaxDbBatchSize: 5000, collElgProcDbBatchesInterval: 1000}
              snapshots: {rootDir: "${folder}/data/snapshots"}
            operations: {listenAddress: "${operations}", tls: {enabled: false}}
            metrics: {provider: prometheus}
            """;
}
