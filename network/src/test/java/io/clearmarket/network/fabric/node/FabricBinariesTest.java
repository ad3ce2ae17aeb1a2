package io.clearmarket.network.fabric.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FabricBinariesTest {
    @TempDir
    Path directory;

    private void program(String name, String says) throws Exception {
        Path file = directory.resolve(name);
        Files.writeString(file, "#!/bin/sh\nprintf '%s\\n' \"" + says + "\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void the_version_is_what_the_peer_says() throws Exception {
        program("peer", "peer:\n Version: v3.1.5\n Commit SHA: abc");
        program("orderer", "");
        FabricBinaries found = FabricBinaries.find(directory.toString(), "");
        assertThat(found.version()).isEqualTo("v3.1.5");
        assertThat(found.orderer()).isEqualTo(directory.resolve("orderer"));
        assertThat(FabricBinaries.find(null, "/nowhere:" + directory).peer()).isEqualTo(directory.resolve("peer"));
    }

    @Test
    void what_is_missing_is_named_with_the_remedy() throws Exception {
        program("peer", "Version: v3.1.5");
        assertThatThrownBy(() -> FabricBinaries.find(directory.toString(), "/usr/bin"))
                .hasMessageContaining("orderer is not in " + directory)
                .hasMessageContaining("FABRIC_BIN");
        assertThatThrownBy(() -> FabricBinaries.find(null, "/nowhere")).hasMessageContaining("not on PATH");
    }

    @Test
    void another_program_of_that_name_is_not_taken_for_it() throws Exception {
        program("peer", "usage: peer HOST");
        program("orderer", "");
        assertThatThrownBy(() -> FabricBinaries.find(directory.toString(), ""))
                .hasMessageContaining("does not tell its version")
                .hasMessageContaining("usage: peer HOST");
    }
}
