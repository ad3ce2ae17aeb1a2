package io.clearmarket.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Commands typed wrongly: refused before anything is begun, in words that name the value and what it may be. */
class RefusedInputTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "replay . --limit -3 | '--limit': \"-3\" is not a whole number from 1 on",
                "replay . --limit 99999999999 | '--limit': \"99999999999\" is not a whole number from 1 on",
                "crash . --kills -1 | '--kills': \"-1\" is not a whole number from 0 on",
                "bench replay . --limit 0 | '--limit': \"0\" is not",
                "bench gateway --orders 0 | '--orders': \"0\" is not",
                "bench gateway --warm-up -1 | '--warm-up': \"-1\" is not",
                "bench gateway --minutes x | '--minutes': \"x\" is not",
                "bench gateway --rate 0 | '--rate': \"0\" is not a number above 0",
                "bench gateway --rate 1e400 | '--rate': \"1e400\" is not a number above 0",
                "bench devices --seconds 0 | '--seconds': \"0\" is not",
                "bench provenance --leaves 0 | '--leaves': \"0\" is not",
                "bench warnings --stories 0 | '--stories': \"0\" is not",
                "conservation --recheck --rpc notaurl | '--rpc': \"notaurl\" is not an address such as http://",
                "listen --forward-to ftp://x | '--forward-to': \"ftp://x\" is not an address such as http://",
                "listen --types nope | '--types' (TYPE): \"nope\" is not a type of event such as consignment.funded",
                "listen --types consignment.funded,nope | (TYPE): \"nope\" is not a type of event",
                "trigger order.placed --to notaurl | '--to': \"notaurl\" is not an address",
                "trigger order.placed --secret whsec_c2hvcnQ= | a secret is whsec_ and base64 of 24 to 64 bytes",
                "solvency --asset foo | '--asset': \"foo\" is not a CAIP-19 ERC-20 name",
                "statement --merchant m --from 2026-13-01 --to 2026-11-02 | '--from': \"2026-13-01\" is not a day such as",
                "resend x 12.0.1 | (WEBHOOK): \"x\" is not an id such as",
                "labels /01/09506000134352/21/1 --out l.pdf --base nowhere | '--base': \"nowhere\" is not an address",
                "verify p --policy FOLDER | FOLDER is a folder, not a file",
                "verify p --policy FOLDER/absent | FOLDER/absent: there is no such file or folder",
                "verify p --data FOLDER | no system has run here whose policy could be taken",
                "epcis hash FOLDER | FOLDER is a folder, not a file",
                "labels --out l.pdf --file FOLDER/absent | FOLDER/absent: there is no such file or folder",
                "up --data FOLDER/file/x --port 0 | the data folder FOLDER/file/x can't be used",
                "up --data FOLDER --lan=999.1.1.1 | --lan is \"999.1.1.1\"; it takes an IP address of this machine",
                "up --data FOLDER --port 99999 | --port is 99999; a port is a number from 1 to 65535"
            })
    void what_is_typed_wrongly_is_refused_in_words(String typed, String expected) throws Exception {
        Path file = folder.resolve("file");
        Files.writeString(file, "");
        CommandLine line = Main.line();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(said, true, UTF_8));
        int code;
        try {
            line.setErr(new PrintWriter(said, true, UTF_8));
            code = line.execute(typed.replace("FOLDER", folder.toString()).split(" "));
        } finally {
            System.setErr(before);
        }

        assertThat(code).as(said.toString(UTF_8)).isNotZero();
        assertThat(said.toString(UTF_8))
                .contains(expected.replace("FOLDER", folder.toString()))
                .doesNotContain("Exception")
                .doesNotContainPattern("\\sat io\\.clearmarket");
    }
}
