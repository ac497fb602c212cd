(func $Collection>>detect:ifNone: (type $Code2) (param $self eqref) (param $t0 eqref) (param $t1 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $token (ref null $FrameToken))
  (local $s0 eqref) (local $s1 eqref)
  (local $closure0 (ref $BlockClosure0))
  block $leave (result eqref)
    block $unwound (result i32)
      (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
      (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
        (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 2))))))
      ;; 17 self
      ;; 18 pushTemp: 0
      ;; 19 closureNumCopied: 1 numArgs: 1 bytes 23 to 30
      (if (ref.is_null (local.get $token)) (then (local.set $token (call $new_token (i32.const 11076) (local.get $self)))))
      (local.set $s1 (struct.new $BlockClosure1 (global.get $class_index_block_closure) (i32.const 0) (local.get $token) (i32.const 6) (i32.const 1) (array.new_fixed $Slots 1 (local.get $t0)) (ref.func $Collection>>detect:ifNone:@block23)))
      ;; 31 send: do:
      (local.get $self) (local.get $s1) (i32.const 27) (i32.add (local.get $depth) (i32.const 20))
      (call $lookup_1 (local.get $self) (i32.const 27)) call_ref $Code1
      local.set $s0
      (drop (br_if $unwound (i32.const 3842) (ref.eq (local.get $s0) (global.get $unwind))))
      ;; 32 pop
      ;; 33 pushTemp: 1
      ;; 34 send: value
      block $sent
        block $no_closure (result eqref)
          (local.set $closure0 (br_on_cast_fail $no_closure eqref (ref $BlockClosure0) (local.get $t1)))
          (local.set $s0 (call_ref $Block0 (local.get $closure0) (i32.add (local.get $depth) (i32.const 20)) (struct.get $BlockClosure0 $code (local.get $closure0))))
          br $sent
        end
        (local.set $s0 (call $block_value_0 (local.get $t1) (i32.add (local.get $depth) (i32.const 20)))) drop
      end
      (drop (br_if $unwound (i32.const 4610) (ref.eq (local.get $s0) (global.get $unwind))))
      ;; 35 returnTop
      (local.get $s0) br $leave
      unreachable
    end
    local.set $position
    (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
      (if (ref.eq (global.get $unwind_home) (local.get $token)) (then
        (global.set $unwind_reason (i32.const 0))
        (br $leave (global.get $unwind_value))
      ))
      (return (global.get $unwind))
    ))
    (return (call $capture_frame (local.get $token) (i32.const 11076) (local.get $self) (local.get $position) (array.new_fixed $Slots 4 (local.get $t0) (local.get $t1) (local.get $s0) (local.get $s1))))
  end
  (if (i32.eqz (ref.is_null (local.get $token))) (then (struct.set $FrameToken $alive (local.get $token) (i32.const 0))))
)
(func $Collection>>detect:ifNone:@block23 (type $Block1) (param $closure (ref $BlockClosure)) (param $t0 eqref) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $self eqref)
  (local $t1 eqref) (local $s0 eqref) (local $s1 eqref)
  (local $closure1 (ref $BlockClosure1))
  (local.set $t1 (array.get $Slots (struct.get $BlockClosure $copied (local.get $closure)) (i32.const 0)))
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 1538))))))
    ;; 23 pushTemp: 1
    ;; 24 pushTemp: 0
    ;; 25 send: value:
    block $sent
      block $no_closure (result eqref)
        (local.set $closure1 (br_on_cast_fail $no_closure eqref (ref $BlockClosure1) (local.get $t1)))
        (local.set $s0 (call_ref $Block1 (local.get $closure1) (local.get $t0) (i32.add (local.get $depth) (i32.const 20)) (struct.get $BlockClosure1 $code (local.get $closure1))))
        br $sent
      end
      (local.set $s0 (call $block_value_1 (local.get $t1) (local.get $t0) (i32.add (local.get $depth) (i32.const 20)))) drop
    end
    (drop (br_if $unwound (i32.const 2306) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 26 jumpFalse: 29
    (ref.eq (local.get $s0) (global.get $true))
    if
      ;; 27 pushTemp: 0
      ;; 28 returnTop
      (local.set $s0 (local.get $t0))
      (local.get $closure) (local.get $s0) call $non_local_return drop
      (br $unwound (i32.const 2819))
    else
      (drop (br_if $unwound (i32.const 2307) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
      ;; 29 pushConstant: nil
      ;; 30 blockReturn
      (ref.null eq) return
    end
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (call $capture_block_frame (ref.null $FrameToken) (local.get $closure) (local.get $position) (array.new_fixed $Slots 4 (local.get $t0) (local.get $t1) (local.get $s0) (local.get $s1)))
)
