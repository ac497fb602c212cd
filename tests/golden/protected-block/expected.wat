(func $TestCase>>runCase (type $Code0) (param $self eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $token (ref null $FrameToken))
  (local $s0 eqref) (local $s1 eqref)
  (local $b1 (ref null $BlockClosure))
  (local $b2 (ref null $BlockClosure))
  (local $i1.t0 eqref)
  (local $i1.t1 eqref)
  (local $i1.t2 eqref)
  (local $i1.s0 eqref)
  (local $i1.s1 eqref)
  (local $i2.s0 eqref)
  (local $i4.s0 eqref)
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (@metadata.code.branch_hint "\00") (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 0))))))
    ;; 29 closureNumCopied: 0 numArgs: 0 bytes 33 to 38
    (local.set $b1 (ref.null $BlockClosure))
    ;; 39 closureNumCopied: 0 numArgs: 0 bytes 43 to 45
    (local.set $b2 (ref.null $BlockClosure))
    ;; 46 send: ensure:
    block $sent
      block $other
        (@metadata.code.branch_hint "\00") (br_if $other (i32.ne (global.get $class_index_block_closure) (i32.load offset=65536 (i32.const 0))))
        block $i1.leave (result eqref)
          ;; inlined: BlockClosure>>ensure:
          (local.set $i1.t1 (ref.null eq))
          (local.set $i1.t2 (ref.null eq))
          (global.set $barrier_count (i32.add (global.get $barrier_count) (i32.const 1)))
          block $unwound (result i32)
            ;; 21 callPrimitive: 198
            ;; 24 self
            ;; 25 send: valueNoContextSwitch
            block $sent
              block $other
                (@metadata.code.branch_hint "\00") (br_if $other (i32.ne (global.get $class_index_block_closure) (i32.load offset=65540 (i32.const 0))))
                block $i2.leave (result eqref)
                  ;; inlined: [] in TestCase>>runCase
                  block $unwound (result i32)
                    ;; 33 self
                    ;; 34 send: setUp
                    block $sent
                      block $other
                        (@metadata.code.branch_hint "\00") (br_if $other (i32.ne (call $class_index_of (local.get $self)) (i32.load offset=65544 (i32.const 0))))
                        block $i3.leave (result eqref)
                          ;; inlined: TestCase>>setUp
                            ;; 13 callPrimitive: 256
                            (local.get $self) br $i3.leave
                            unreachable
                        end
                        ;; end of TestCase>>setUp
                        local.set $i2.s0
                        br $sent
                      end
                      (local.set $i2.s0 (call $send_predicted_0 (local.get $self) (i32.const 34) (i32.add (local.get $depth) (i32.const 25)) (i32.const 16656) (i32.const 65544)))
                      (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 1536) (ref.eq (local.get $i2.s0) (global.get $unwind))))
                    end
                    ;; 35 pop
                    ;; 36 self
                    ;; 37 send: performTest
                    (@metadata.code.branch_hint "\01") (if (result eqref) (i32.eq (call $class_index_of (local.get $self)) (i32.load offset=65548 (i32.const 0)))
                      (then (call $TestCase>>performTest (local.get $self) (i32.const 35) (i32.add (local.get $depth) (i32.const 25))))
                      (else (call $send_predicted_0 (local.get $self) (i32.const 35) (i32.add (local.get $depth) (i32.const 25)) (i32.const 16660) (i32.const 65548))))
                    local.set $i2.s0
                    (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 2304) (ref.eq (local.get $i2.s0) (global.get $unwind))))
                    ;; 38 blockReturn
                    (local.get $i2.s0) br $i2.leave
                    unreachable
                  end
                  local.set $position
                  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
                    (br $unwound (i32.const 1283))
                  ))
                  (call $capture_block_frame (ref.null $FrameToken) (block (result (ref $BlockClosure)) (if (ref.is_null (local.get $b1)) (then (if (ref.is_null (local.get $token)) (then (local.set $token (call $new_token (i32.const 13166) (local.get $self))))) (local.set $b1 (struct.new $BlockClosure0 (global.get $class_index_block_closure) (i32.const 0) (local.get $token) (i32.const 4) (i32.const 0) (global.get $empty_slots) (ref.func $TestCase>>runCase@block33))))) (ref.as_non_null (local.get $b1))) (local.get $position) (array.new_fixed $Slots 1 (local.get $i2.s0)))
                  drop
                  (br $unwound (i32.const 1283))
                end
                ;; end of TestCase>>runCase
                local.set $i1.s0
                br $sent
              end
              (local.set $i1.s0 (call $send_predicted_0 (block (result (ref $BlockClosure)) (if (ref.is_null (local.get $b1)) (then (if (ref.is_null (local.get $token)) (then (local.set $token (call $new_token (i32.const 13166) (local.get $self))))) (local.set $b1 (struct.new $BlockClosure0 (global.get $class_index_block_closure) (i32.const 0) (local.get $token) (i32.const 4) (i32.const 0) (global.get $empty_slots) (ref.func $TestCase>>runCase@block33))))) (ref.as_non_null (local.get $b1))) (i32.const 33) (i32.add (local.get $depth) (i32.const 25)) (i32.const 265) (i32.const 65540)))
              (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 1283) (ref.eq (local.get $i1.s0) (global.get $unwind))))
            end
            ;; 26 popIntoTemp: 2
            (local.set $i1.t2 (local.get $i1.s0))
            ;; 27 pushTemp: 1
            ;; 28 pushConstant: nil
            ;; 29 send: ==
            ;; 30 jumpFalse: 36
            (local.set $c (ref.eq (local.get $i1.t1) (ref.null eq)))
            local.get $c
            if
              ;; 31 pushConstant: true
              ;; 32 popIntoTemp: 1
              (local.set $i1.t1 (global.get $true))
              ;; 33 pushTemp: 0
              ;; 34 send: value
              block $i4.leave (result eqref)
                ;; inlined: [] in TestCase>>runCase
                block $unwound (result i32)
                  ;; 43 self
                  ;; 44 send: tearDown
                  block $sent
                    block $other
                      (@metadata.code.branch_hint "\00") (br_if $other (i32.ne (call $class_index_of (local.get $self)) (i32.load offset=65552 (i32.const 0))))
                      block $i5.leave (result eqref)
                        ;; inlined: TestCase>>tearDown
                          ;; 13 callPrimitive: 256
                          (local.get $self) br $i5.leave
                          unreachable
                      end
                      ;; end of TestCase>>tearDown
                      local.set $i4.s0
                      br $sent
                    end
                    (local.set $i4.s0 (call $send_predicted_0 (local.get $self) (i32.const 36) (i32.add (local.get $depth) (i32.const 25)) (i32.const 16670) (i32.const 65552)))
                    (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 4096) (ref.eq (local.get $i4.s0) (global.get $unwind))))
                  end
                  ;; 45 blockReturn
                  (ref.null eq) br $i4.leave
                  unreachable
                end
                local.set $position
                (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
                  (br $unwound (i32.const 3587))
                ))
                (call $capture_block_frame (ref.null $FrameToken) (block (result (ref $BlockClosure)) (if (ref.is_null (local.get $b2)) (then (if (ref.is_null (local.get $token)) (then (local.set $token (call $new_token (i32.const 13166) (local.get $self))))) (local.set $b2 (struct.new $BlockClosure0 (global.get $class_index_block_closure) (i32.const 0) (local.get $token) (i32.const 14) (i32.const 0) (global.get $empty_slots) (ref.func $TestCase>>runCase@block43))))) (ref.as_non_null (local.get $b2))) (local.get $position) (array.new_fixed $Slots 1 (local.get $i4.s0)))
                drop
                (br $unwound (i32.const 3587))
              end
              ;; end of TestCase>>runCase
              local.set $i1.s0
              ;; 35 pop
            else
            end
            ;; 36 pushTemp: 2
            ;; 37 returnTop
            (local.get $i1.t2) br $i1.leave
            unreachable
          end
          local.set $position
          (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
            (br $unwound (i32.const 4608))
          ))
          (call $capture_frame (ref.null $FrameToken) (i32.const 259) (block (result (ref $BlockClosure)) (if (ref.is_null (local.get $b1)) (then (if (ref.is_null (local.get $token)) (then (local.set $token (call $new_token (i32.const 13166) (local.get $self))))) (local.set $b1 (struct.new $BlockClosure0 (global.get $class_index_block_closure) (i32.const 0) (local.get $token) (i32.const 4) (i32.const 0) (global.get $empty_slots) (ref.func $TestCase>>runCase@block33))))) (ref.as_non_null (local.get $b1))) (local.get $position) (array.new_fixed $Slots 5 (block (result (ref $BlockClosure)) (if (ref.is_null (local.get $b2)) (then (if (ref.is_null (local.get $token)) (then (local.set $token (call $new_token (i32.const 13166) (local.get $self))))) (local.set $b2 (struct.new $BlockClosure0 (global.get $class_index_block_closure) (i32.const 0) (local.get $token) (i32.const 14) (i32.const 0) (global.get $empty_slots) (ref.func $TestCase>>runCase@block43))))) (ref.as_non_null (local.get $b2))) (local.get $i1.t1) (local.get $i1.t2) (local.get $i1.s0) (local.get $i1.s1)))
          drop
          (br $unwound (i32.const 4608))
        end
        (global.set $barrier_count (i32.sub (global.get $barrier_count) (i32.const 1)))
        ;; end of BlockClosure>>ensure:
        local.set $s0
        br $sent
      end
      (local.set $s0 (call $send_predicted_1 (block (result (ref $BlockClosure)) (if (ref.is_null (local.get $b1)) (then (if (ref.is_null (local.get $token)) (then (local.set $token (call $new_token (i32.const 13166) (local.get $self))))) (local.set $b1 (struct.new $BlockClosure0 (global.get $class_index_block_closure) (i32.const 0) (local.get $token) (i32.const 4) (i32.const 0) (global.get $empty_slots) (ref.func $TestCase>>runCase@block33))))) (ref.as_non_null (local.get $b1))) (block (result (ref $BlockClosure)) (if (ref.is_null (local.get $b2)) (then (if (ref.is_null (local.get $token)) (then (local.set $token (call $new_token (i32.const 13166) (local.get $self))))) (local.set $b2 (struct.new $BlockClosure0 (global.get $class_index_block_closure) (i32.const 0) (local.get $token) (i32.const 14) (i32.const 0) (global.get $empty_slots) (ref.func $TestCase>>runCase@block43))))) (ref.as_non_null (local.get $b2))) (i32.const 32) (i32.add (local.get $depth) (i32.const 25)) (i32.const 289) (i32.const 65536)))
      (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 4608) (ref.eq (local.get $s0) (global.get $unwind))))
    end
    ;; 47 pop
    ;; 48 returnSelf
    (local.get $self) return
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (local.get $token) (i32.const 13166) (local.get $self) (local.get $position) (array.new_fixed $Slots 2 (local.get $s0) (local.get $s1))))
)
(func $TestCase>>runCase@block33 (type $Block0) (param $closure (ref $BlockClosure)) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $self eqref)
  (local $s0 eqref)
  (local.set $self (call $closure_receiver (local.get $closure)))
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (@metadata.code.branch_hint "\00") (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 1024))))))
    ;; 33 self
    ;; 34 send: setUp
    block $sent
      block $other
        (@metadata.code.branch_hint "\00") (br_if $other (i32.ne (call $class_index_of (local.get $self)) (i32.load offset=65556 (i32.const 0))))
        block $i1.leave (result eqref)
          ;; inlined: TestCase>>setUp
            ;; 13 callPrimitive: 256
            (local.get $self) br $i1.leave
            unreachable
        end
        ;; end of TestCase>>setUp
        local.set $s0
        br $sent
      end
      (local.set $s0 (call $send_predicted_0 (local.get $self) (i32.const 34) (i32.add (local.get $depth) (i32.const 17)) (i32.const 16656) (i32.const 65556)))
      (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 1536) (ref.eq (local.get $s0) (global.get $unwind))))
    end
    ;; 35 pop
    ;; 36 self
    ;; 37 send: performTest
    (@metadata.code.branch_hint "\01") (if (result eqref) (i32.eq (call $class_index_of (local.get $self)) (i32.load offset=65560 (i32.const 0)))
      (then (call $TestCase>>performTest (local.get $self) (i32.const 35) (i32.add (local.get $depth) (i32.const 17))))
      (else (call $send_predicted_0 (local.get $self) (i32.const 35) (i32.add (local.get $depth) (i32.const 17)) (i32.const 16660) (i32.const 65560))))
    local.set $s0
    (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 2304) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 38 blockReturn
    (local.get $s0) return
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (call $capture_block_frame (ref.null $FrameToken) (local.get $closure) (local.get $position) (array.new_fixed $Slots 1 (local.get $s0)))
)
(func $TestCase>>runCase@block43 (type $Block0) (param $closure (ref $BlockClosure)) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $self eqref)
  (local $s0 eqref)
  (local.set $self (call $closure_receiver (local.get $closure)))
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (@metadata.code.branch_hint "\00") (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 3584))))))
    ;; 43 self
    ;; 44 send: tearDown
    block $sent
      block $other
        (@metadata.code.branch_hint "\00") (br_if $other (i32.ne (call $class_index_of (local.get $self)) (i32.load offset=65564 (i32.const 0))))
        block $i1.leave (result eqref)
          ;; inlined: TestCase>>tearDown
            ;; 13 callPrimitive: 256
            (local.get $self) br $i1.leave
            unreachable
        end
        ;; end of TestCase>>tearDown
        local.set $s0
        br $sent
      end
      (local.set $s0 (call $send_predicted_0 (local.get $self) (i32.const 36) (i32.add (local.get $depth) (i32.const 17)) (i32.const 16670) (i32.const 65564)))
      (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 4096) (ref.eq (local.get $s0) (global.get $unwind))))
    end
    ;; 45 blockReturn
    (local.get $s0) return
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (call $capture_block_frame (ref.null $FrameToken) (local.get $closure) (local.get $position) (array.new_fixed $Slots 1 (local.get $s0)))
)
