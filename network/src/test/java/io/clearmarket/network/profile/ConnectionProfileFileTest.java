package io.clearmarket.network.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionProfileFileTest {
    @TempDir
    Path directory;

    private ConnectionProfileFile read(String text) throws Exception {
        Path file = directory.resolve("profile");
        Files.writeString(file, text);
        return ConnectionProfileFile.read(file);
    }

    @Test
    void yaml_names_organisations_peers_and_roots() throws Exception {
        Files.writeString(directory.resolve("root.pem"), "ROOT");
        assertThat(read("""
                        version: 1.0.0
                        organizations:
                          Platform: {mspid: PlatformMSP, peers: [peer0.platform]}
                          Audit: {mspid: AuditMSP, peers: [peer0.audit]}
                          Watchers: {mspid: WatchersMSP}
                        peers:
                          peer0.platform:
                            url: grpcs://10.0.0.1:7051
                            tlsCACerts: {pem: INLINE}
                            grpcOptions: {ssl-target-name-override: peer0.platform}
                          peer0.audit:
                            url: grpcs://peer0.audit:7051
                            tlsCACerts: {path: root.pem}
                        """).peers())
                .containsExactly(
                        new ConnectionProfileFile.Peer(
                                "PlatformMSP", "peer0.platform", "10.0.0.1:7051", "INLINE", "peer0.platform"),
                        new ConnectionProfileFile.Peer("AuditMSP", "peer0.audit", "peer0.audit:7051", "ROOT", null));
    }

    @Test
    void json_is_read_alike() throws Exception {
        assertThat(read("""
                        {"organizations": {"A": {"mspid": "AuditMSP", "peers": ["p"]}},
                         "peers": {"p": {"url": "grpcs://h:1", "tlsCACerts": {"pem": "X"}}}}
                        """).peers())
                .containsExactly(new ConnectionProfileFile.Peer("AuditMSP", "p", "h:1", "X", null));
    }

    @Test
    void what_is_missing_or_unsafe_is_named() {
        assertThatThrownBy(() -> read("organizations: {}")).hasMessageContaining("no peers");
        assertThatThrownBy(() -> read("- a list")).hasMessageContaining("no mapping");
        assertThatThrownBy(() -> read("a: [")).hasMessageContaining("neither YAML nor JSON");
        assertThatThrownBy(() -> read("""
                        organizations: {A: {mspid: AuditMSP, peers: [p]}}
                        peers: {p: {url: "grpc://h:1", tlsCACerts: {pem: X}}}
                        """)).hasMessageContaining("TLS is needed");
        assertThatThrownBy(() -> read("a: !!javax.script.ScriptEngineManager []"))
                .hasMessageContaining("neither YAML nor JSON");
    }
}
