// What BuildKit makes of a Dockerfile, and its patternmatcher of a .dockerignore: a JSON object a line in, one a line out.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
	dockerspec "github.com/moby/docker-image-spec/specs-go/v1"
	"github.com/moby/patternmatcher/ignorefile"
	digest "github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
	"github.com/tonistiigi/fsutil"
	"github.com/tonistiigi/fsutil/types"
)

type question struct {
	// A Dockerfile, the build args and the target.
	Dockerfile *string
	Args       map[string]string
	Target     string
	// A .dockerignore and paths.
	Ignore *string
	Paths  []string
}

type run struct {
	Args []string
	Env  []string
	Cwd  string
	User string
}

type copied struct {
	Source, Destination, Owner, Mode string
}

type answer struct {
	Error  string
	Config *dockerspec.DockerOCIImageConfig
	Runs   []run
	Copies []copied
	// Keyword and first line of each instruction.
	Instructions []string
	Ignored      []bool
}

func main() {
	lines := bufio.NewReader(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var asked question
			if err := json.Unmarshal(line, &asked); err != nil {
				panic(err)
			}
			out.Encode(answered(asked))
		}
		if err != nil {
			return
		}
	}
}

func answered(asked question) (found answer) {
	defer func() {
		if caught := recover(); caught != nil {
			found = answer{Error: fmt.Sprint("panic: ", caught)}
		}
	}()
	var err error
	if asked.Dockerfile != nil {
		found, err = built(asked)
	} else {
		found, err = ignored(asked)
	}
	if err != nil {
		found.Error = err.Error()
	}
	return found
}

type images struct{}

// An image without any setting, for every name.
func (images) ResolveImageConfig(_ context.Context, name string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	return name, "", []byte(`{"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":["sha256:` + strings.Repeat("0", 64) + `"]}}`), nil
}

func built(asked question) (answer, error) {
	caps := pb.Caps.CapSet(pb.Caps.All())
	result, err := dockerfile2llb.Dockerfile2LLB(context.Background(), []byte(*asked.Dockerfile), dockerfile2llb.ConvertOpt{
		Config:         dockerui.Config{BuildArgs: maps.Clone(asked.Args), Target: asked.Target},
		TargetPlatform: &ocispecs.Platform{OS: "linux", Architecture: "amd64"},
		MetaResolver:   images{},
		LLBCaps:        &caps,
		Warn:           func(string, string, string, string, []parser.Range) {},
		AllStages:      true,
	})
	if err != nil {
		return answer{}, err
	}
	found := answer{Config: &result.Image.Config}
	parsed, err := parser.Parse(strings.NewReader(*asked.Dockerfile))
	if err != nil {
		return answer{}, err
	}
	for _, node := range parsed.AST.Children {
		found.Instructions = append(found.Instructions, fmt.Sprint(strings.ToUpper(node.Value), " ", node.StartLine, " ", node.EndLine))
	}
	definition, err := result.State.Marshal(context.Background())
	if err != nil {
		return answer{}, err
	}
	for _, bytes := range definition.Def {
		var op pb.Op
		if err := op.UnmarshalVT(bytes); err != nil {
			return answer{}, err
		}
		if exec := op.GetExec(); exec != nil {
			slices.Sort(exec.Meta.Env)
			found.Runs = append(found.Runs, run{exec.Meta.Args, exec.Meta.Env, exec.Meta.Cwd, exec.Meta.User})
		}
		for _, action := range op.GetFile().GetActions() {
			if one := action.GetCopy(); one != nil {
				found.Copies = append(found.Copies, copied{one.Src, one.Dest, owner(one.Owner), mode(one)})
			}
		}
	}
	return found, nil
}

func owner(given *pb.ChownOpt) string {
	if given == nil {
		return ""
	}
	return user(given.User) + ":" + user(given.Group)
}

func user(given *pb.UserOpt) string {
	if given == nil {
		return ""
	}
	if named := given.GetByName(); named != nil {
		return named.Name
	}
	return fmt.Sprint(given.GetByID())
}

func mode(one *pb.FileActionCopy) string {
	if one.ModeStr != "" {
		return one.ModeStr
	}
	if one.Mode < 0 {
		return ""
	}
	return fmt.Sprintf("%o", one.Mode)
}

// Which of the paths a build leaves out of its context. A path that ends with a slash is a folder.
func ignored(asked question) (answer, error) {
	patterns, err := ignorefile.ReadAll(strings.NewReader(*asked.Ignore))
	if err != nil {
		return answer{}, err
	}
	filtered, err := fsutil.NewFilterFS(tree(asked.Paths), &fsutil.FilterOpt{ExcludePatterns: patterns})
	if err != nil {
		return answer{}, err
	}
	kept := map[string]bool{}
	err = filtered.Walk(context.Background(), "/", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			kept[path] = true
		}
		return err
	})
	found := answer{Ignored: []bool{}}
	for _, path := range asked.Paths {
		found.Ignored = append(found.Ignored, !kept[path])
	}
	return found, err
}

// Files by their paths, folders in front of what they hold.
type tree []string

func (paths tree) Open(string) (io.ReadCloser, error) {
	return nil, os.ErrNotExist
}

func (paths tree) Walk(_ context.Context, _ string, visit fs.WalkDirFunc) error {
	skipped := ""
	for _, path := range paths {
		name := strings.TrimSuffix(path, "/")
		if skipped != "" && strings.HasPrefix(name, skipped) {
			continue
		}
		stat := &types.Stat{Path: name}
		if name != path {
			stat.Mode = uint32(os.ModeDir)
		}
		err := visit(name, &fsutil.DirEntryInfo{Stat: stat}, nil)
		if err == filepath.SkipDir && name != path {
			skipped = path
		} else if err != nil {
			return err
		}
	}
	return nil
}
