// Command verifylog checks a transparency log that was written by the Java ledger, with code that
// shares nothing with it: the note and tlog packages of Go's own checksum database.
//
//	verifylog DIR VERIFIER-KEY [PROOF ENTRY]...
//
// It hashes every entry again, holds every tile and the signed root against that, lets tlog's own
// tile reader prove some entries, and checks each receipt. It prints `ok <entries>`, or the first
// thing that does not hold and leaves with 1.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8
const tileWidth = 1 << tileHeight

func main() {
	if len(os.Args) < 3 || len(os.Args)%2 == 0 {
		fail("usage: verifylog DIR VERIFIER-KEY [PROOF ENTRY]...")
	}
	dir, key := os.Args[1], os.Args[2]
	verifier, err := note.NewVerifier(key)
	check("verifier key", err)
	known := note.VerifierList(verifier)

	signed, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	check("checkpoint", err)
	tree := openCheckpoint(signed, known, verifier.Name())

	var hashes hashStore
	for first := int64(0); first < tree.N; first += tileWidth {
		for i, entry := range bundle(dir, first, tree.N) {
			stored, err := tlog.StoredHashes(first+int64(i), entry, &hashes)
			check(fmt.Sprintf("entry %d", first+int64(i)), err)
			hashes = append(hashes, stored...)
		}
	}
	root, err := tlog.TreeHash(tree.N, &hashes)
	check("root", err)

	for level := 0; tree.N>>(tileHeight*level) > 0; level++ {
		count := tree.N >> (tileHeight * level)
		for n := int64(0); n*tileWidth < count; n++ {
			tile := tlog.Tile{H: tileHeight, L: level, N: n, W: int(min(tileWidth, count-n*tileWidth))}
			want, err := tlog.ReadTileData(tile, &hashes)
			check(path(tile), err)
			got, err := os.ReadFile(filepath.Join(dir, path(tile)))
			check(path(tile), err)
			if !bytes.Equal(want, got) {
				fail("%s: is not what the entries hash to", path(tile))
			}
		}
	}
	if root != tree.Hash {
		fail("root: entries hash to %s, signed is %s", root, tree.Hash)
	}

	// The reader of Go's own client: fetches tiles and holds each against the signed root.
	reader := tlog.TileHashReader(tree, tileFiles{dir})
	for index := int64(0); index < tree.N; index += 1 + tree.N/50 {
		proof, err := tlog.ProveRecord(tree.N, index, reader)
		check(fmt.Sprintf("proof of %d", index), err)
		leaf := hashes[tlog.StoredHashIndex(0, index)]
		check(fmt.Sprintf("proof of %d", index), tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf))
	}
	for i := 3; i+1 < len(os.Args); i += 2 {
		receipt(os.Args[i], os.Args[i+1], known, verifier.Name())
	}
	fmt.Printf("ok %d\n", tree.N)
}

func openCheckpoint(signed []byte, known note.Verifiers, origin string) tlog.Tree {
	n, err := note.Open(signed, known)
	check("checkpoint", err)
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != origin || lines[3] != "" {
		fail("checkpoint: %q", n.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check("checkpoint size", err)
	root, err := tlog.ParseHash(lines[2])
	check("checkpoint root", err)
	return tlog.Tree{N: size, Hash: root}
}

// path drops the height, which tlog writes and C2SP does not.
func path(t tlog.Tile) string {
	return strings.Replace(t.Path(), "tile/8/", "tile/", 1)
}

func bundle(dir string, first, size int64) [][]byte {
	width := int(min(tileWidth, size-first))
	tile := tlog.Tile{H: tileHeight, L: -1, N: first / tileWidth, W: width}
	name := strings.Replace(path(tile), "tile/data/", "tile/entries/", 1)
	data, err := os.ReadFile(filepath.Join(dir, name))
	check(name, err)
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			fail("%s: torn at entry %d", name, first+int64(len(entries)))
		}
		length := int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:2+length])
		data = data[2+length:]
	}
	if len(entries) != width {
		fail("%s: %d entries, expected %d", name, len(entries), width)
	}
	return entries
}

func receipt(proofFile, entryFile string, known note.Verifiers, origin string) {
	file, err := os.ReadFile(proofFile)
	check(proofFile, err)
	entry, err := os.ReadFile(entryFile)
	check(entryFile, err)
	head, signed, found := strings.Cut(string(file), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		fail("%s: is no proof file", proofFile)
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	check(proofFile, err)
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := base64.StdEncoding.DecodeString(line)
		check(proofFile, err)
		proof = append(proof, tlog.Hash(hash))
	}
	tree := openCheckpoint([]byte(signed), known, origin)
	check(proofFile, tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
}

// hashStore keeps every hash of the tree in tlog's own order.
type hashStore []tlog.Hash

func (s *hashStore) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = (*s)[index]
	}
	return hashes, nil
}

type tileFiles struct{ dir string }

func (f tileFiles) Height() int { return tileHeight }

func (f tileFiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		bytes, err := os.ReadFile(filepath.Join(f.dir, path(tile)))
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

func (f tileFiles) SaveTiles([]tlog.Tile, [][]byte) {}

func check(what string, err error) {
	if err != nil {
		fail("%s: %v", what, err)
	}
}

func fail(format string, args ...any) {
	fmt.Printf(format+"\n", args...)
	os.Exit(1)
}
